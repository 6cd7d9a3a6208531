# Debian packages, by `cpack`: hvcilint-<release> for each build, and hvcilint-common
# with what is the same for all releases.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hvcilint)
set(CPACK_PACKAGE_VENDOR hvcilint)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL ${HVCI_COMPONENT} common)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The developers of hvcilint <hvcilint@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

string(TOUPPER ${HVCI_COMPONENT} component)
set(CPACK_COMPONENT_${component}_DESCRIPTION
    "finds what memory integrity (HVCI) refuses, with Clang ${HVCI_LLVM}
 A plugin for Clang ${HVCI_LLVM} that names the lines of a Windows driver which
 memory integrity (HVCI) will refuse, and the command hvcilint, which judges whole
 drivers and linked images.")
set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${HVCI_COMPONENT})
set(CPACK_DEBIAN_${component}_PACKAGE_DEPENDS
    "clang-${HVCI_LLVM}, hvcilint-common (= ${PROJECT_VERSION})")
foreach(script postinst prerm)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/package/${script}.in
                 ${CMAKE_BINARY_DIR}/package/${script} @ONLY
                 FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
                                  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  list(APPEND CPACK_DEBIAN_${component}_PACKAGE_CONTROL_EXTRA
       ${CMAKE_BINARY_DIR}/package/${script})
endforeach()

set(CPACK_COMPONENT_COMMON_DESCRIPTION
    "finds what memory integrity (HVCI) refuses: pages and CMake package
 What the packages hvcilint-<release> share: pages of the rules, examples, and the
 CMake package Hvcilint for projects that build drivers.")
set(CPACK_DEBIAN_COMMON_PACKAGE_NAME hvcilint-common)
set(CPACK_DEBIAN_COMMON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_COMMON_PACKAGE_SHLIBDEPS OFF)

include(CPack)
