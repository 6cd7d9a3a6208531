# Debian packages, by `cpack`: hvcilint-<release> for each build, and hvcilint-common
# with what is the same for all releases.

# Who packs them answers for them. Debian's own tools read the same two variables.
set(maintainer "")
if(DEFINED ENV{DEBEMAIL})
  set(maintainer "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(HVCI_PACKAGE_MAINTAINER "${maintainer}" CACHE STRING
    "who maintains the packages that cpack makes, as Name <address>")

set(CPACK_GENERATOR DEB)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/PackageMaintainer.cmake)
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
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${HVCI_PACKAGE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

string(TOUPPER ${HVCI_COMPONENT} component)
set(CPACK_COMPONENT_${component}_DESCRIPTION
    "finds what memory integrity (HVCI) refuses, with Clang ${HVCI_LLVM}
A plugin for Clang ${HVCI_LLVM} that names the lines of a Windows driver which
memory integrity (HVCI) will refuse, and the command hvcilint, which judges
whole drivers and linked images, and changes before they are merged.")
set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${HVCI_COMPONENT})
# Debian's clang-cl is in another package before LLVM 22.
set(clang clang-${HVCI_LLVM})
if(HVCI_LLVM LESS 22)
  string(APPEND clang ", clang-tools-${HVCI_LLVM}")
endif()
set(CPACK_DEBIAN_${component}_PACKAGE_DEPENDS
    "${clang}, ninja-build, hvcilint-common (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_${component}_PACKAGE_RECOMMENDS
    "clangd-${HVCI_LLVM}, clang-tidy-${HVCI_LLVM}")
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
What the packages hvcilint-<release> share: pages of the rules, examples, and
the CMake package Hvcilint for projects that build drivers.")
set(CPACK_DEBIAN_COMMON_PACKAGE_NAME hvcilint-common)
set(CPACK_DEBIAN_COMMON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_COMMON_PACKAGE_SHLIBDEPS OFF)

# What Debian wants of each package, and an installation without packages does not.
find_program(HVCI_GZIP gzip)
if(HVCI_GZIP)
  string(TIMESTAMP date "%a, %d %b %Y 00:00:00 +0000" UTC)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/package/changelog.in
                 ${CMAKE_BINARY_DIR}/package/changelog @ONLY)
  execute_process(COMMAND ${HVCI_GZIP} -9nf ${CMAKE_BINARY_DIR}/package/changelog
                  COMMAND_ERROR_IS_FATAL ANY)
  foreach(pair ${HVCI_COMPONENT}:${HVCI_COMPONENT} common:hvcilint-common)
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 of)
    list(GET pair 1 package)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/package/copyright
                  ${CMAKE_BINARY_DIR}/package/changelog.gz
            DESTINATION share/doc/${package} COMPONENT ${of} EXCLUDE_FROM_ALL)
  endforeach()
  set(manual ${CMAKE_BINARY_DIR}/package/hvcilint.1.gz)
  add_custom_command(OUTPUT ${manual}
    COMMAND ${HVCI_GZIP} -9nc ${HVCI_WORDS}/man/man1/hvcilint.1 > ${manual}
    DEPENDS ${HVCI_WORDS}/man/man1/hvcilint.1 VERBATIM)
  add_custom_target(hvcilint-manual ALL DEPENDS ${manual})
  add_dependencies(hvcilint-manual hvcilint-words)
  install(FILES ${manual}
          DESTINATION share/man/man1 COMPONENT common EXCLUDE_FROM_ALL)
  foreach(page IN LISTS HVCI_PAGES)
    file(CREATE_LINK hvcilint.1.gz ${CMAKE_BINARY_DIR}/package/${page}.1.gz SYMBOLIC)
    install(FILES ${CMAKE_BINARY_DIR}/package/${page}.1.gz
            DESTINATION share/man/man1 COMPONENT ${HVCI_COMPONENT} EXCLUDE_FROM_ALL)
  endforeach()
endif()
install(FILES ${HVCI_WORDS}/zsh/site-functions/_hvcilint
        DESTINATION share/zsh/vendor-completions COMPONENT common EXCLUDE_FROM_ALL)

include(CPack)
