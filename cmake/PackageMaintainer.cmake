# cpack reads this first: a package names whom to write to.
if(NOT CPACK_DEBIAN_PACKAGE_MAINTAINER MATCHES "^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$")
  message(FATAL_ERROR
    "A package needs a maintainer: configure with "
    "-DHVCI_PACKAGE_MAINTAINER=\"Your Name <you@example.com>\", or with DEBFULLNAME "
    "and DEBEMAIL in the environment; there is "
    "'${CPACK_DEBIAN_PACKAGE_MAINTAINER}'")
endif()
