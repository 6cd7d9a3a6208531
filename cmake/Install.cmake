# What `cmake --install` puts where. Every path is relative to the prefix, and what
# is installed finds the rest from where it lies itself: the prefix may be moved.
#
#   bin/hvcilint-<release>                     the command
#   bin/hvcilint, bin/hvcilint-clangd          the newest of those in the prefix
#   bin/hvcilint-cl-<release>                  clang-cl with the plugin in it
#   lib/hvcilint/<release>/hvcilint.so         the plugin for that Clang
#   lib/hvcilint/<release>/hvcilint-image.so   what reads images, by that LLVM
#   lib/hvcilint/<release>/hvcilint-unit       what hvcilint check starts for each unit
#   lib/cmake/Hvcilint/                        find_package(Hvcilint)
#   share/bash-completion/, share/zsh/         what completes its words
#   share/man/man1/                            its page, by each of its names
#   share/doc/hvcilint/                        pages, examples, licence: laid out as
#                                              here, so that links lead somewhere
#
# Builds for several releases share a prefix: all but the pages and the CMake
# package, which are the same, has the release in its name.

include(CMakePackageConfigHelpers)

set(HVCI_COMPONENT hvcilint-${HVCI_LLVM})
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME ${HVCI_COMPONENT})

install(TARGETS hvcilint hvcilint-image
        LIBRARY DESTINATION lib/hvcilint/${HVCI_LLVM} COMPONENT ${HVCI_COMPONENT})
install(PROGRAMS $<TARGET_FILE:hvcilint-command> DESTINATION bin
        RENAME hvcilint-${HVCI_LLVM}${CMAKE_EXECUTABLE_SUFFIX}
        COMPONENT ${HVCI_COMPONENT})
install(TARGETS hvcilint-unit
        RUNTIME DESTINATION lib/hvcilint/${HVCI_LLVM} COMPONENT ${HVCI_COMPONENT})
install(PROGRAMS $<TARGET_FILE:hvcilint-cl> DESTINATION bin
        RENAME hvcilint-cl-${HVCI_LLVM}${CMAKE_EXECUTABLE_SUFFIX}
        COMPONENT ${HVCI_COMPONENT})
# What CMake does for a target, whose name it would keep.
install(CODE "
  if(CMAKE_INSTALL_DO_STRIP)
    set(bin \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin)
    execute_process(COMMAND \"${CMAKE_STRIP}\"
      \${bin}/hvcilint-${HVCI_LLVM}${CMAKE_EXECUTABLE_SUFFIX}
      \${bin}/hvcilint-cl-${HVCI_LLVM}${CMAKE_EXECUTABLE_SUFFIX})
  endif()" COMPONENT ${HVCI_COMPONENT})
# A package leaves the choice to the system, by update-alternatives.
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/InstallNewest.cmake COMPONENT newest)

write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/HvcilintConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/HvcilintConfig.cmake
              ${CMAKE_BINARY_DIR}/HvcilintConfigVersion.cmake
        DESTINATION lib/cmake/Hvcilint COMPONENT common)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/examples
                  ${PROJECT_SOURCE_DIR}/integrations
        DESTINATION share/doc/hvcilint COMPONENT common USE_SOURCE_PERMISSIONS)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
              ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/action.yml
        DESTINATION share/doc/hvcilint COMPONENT common)

# Packages have them elsewhere, or compressed: see Package.cmake.
set(HVCI_WORDS ${CMAKE_BINARY_DIR}/share)
install(FILES ${HVCI_WORDS}/bash-completion/completions/hvcilint
        DESTINATION share/bash-completion/completions COMPONENT common)
install(FILES ${HVCI_WORDS}/zsh/site-functions/_hvcilint
        DESTINATION share/zsh/site-functions COMPONENT unpacked)
install(FILES ${HVCI_WORDS}/man/man1/hvcilint.1
        DESTINATION share/man/man1 COMPONENT unpacked)
set(HVCI_PAGES ${HVCI_COMPONENT} hvcilint-cl-${HVCI_LLVM})
foreach(page IN LISTS HVCI_PAGES)
  file(WRITE ${CMAKE_BINARY_DIR}/package/${page}.1 ".so man1/hvcilint.1\n")
  install(FILES ${CMAKE_BINARY_DIR}/package/${page}.1
          DESTINATION share/man/man1 COMPONENT unpacked)
endforeach()
