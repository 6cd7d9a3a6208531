# Finds the LLVM to build against: the release named by HVCI_LLVM, or the newest
# installed one. Sets HVCI_LLVM, HVCI_LLVM_VERSION, HVCI_LLVM_INCLUDE, HVCI_LLVM_BIN
# and HVCI_LLVM_LIBRARIES, what the image reader links.
#
# llvm-config is asked rather than LLVM's CMake package: the plugin needs headers
# alone, and the package wants every library that LLVM was built with.

set(HVCI_LLVM_SUPPORTED 22 19 16)
set(HVCI_LLVM "" CACHE STRING "LLVM release to build against: 22, 19 or 16")

if(HVCI_LLVM AND NOT HVCI_LLVM IN_LIST HVCI_LLVM_SUPPORTED)
  message(FATAL_ERROR "HVCI_LLVM=${HVCI_LLVM}: supported are ${HVCI_LLVM_SUPPORTED}")
endif()

foreach(release IN LISTS HVCI_LLVM_SUPPORTED)
  if(HVCI_LLVM AND NOT HVCI_LLVM EQUAL release)
    continue()
  endif()
  find_program(HVCI_LLVM_CONFIG_${release}
               NAMES llvm-config-${release}
               HINTS /usr/lib/llvm-${release}/bin)
  if(HVCI_LLVM_CONFIG_${release})
    set(llvm_config ${HVCI_LLVM_CONFIG_${release}})
    set(HVCI_LLVM ${release})
    break()
  endif()
endforeach()

if(NOT llvm_config)
  message(FATAL_ERROR "no llvm-config of LLVM ${HVCI_LLVM_SUPPORTED} found; "
                      "on Debian: apt-get install llvm-22-dev libclang-22-dev")
endif()

execute_process(COMMAND ${llvm_config} --includedir --bindir --libdir --version
                OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" answer "${answer}")
list(GET answer 0 HVCI_LLVM_INCLUDE)
list(GET answer 1 HVCI_LLVM_BIN)
list(GET answer 2 libraries)
list(GET answer 3 HVCI_LLVM_VERSION)

execute_process(COMMAND ${llvm_config} --link-shared --libs
                        object debuginfopdb debuginfodwarf
                OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(answer UNIX_COMMAND "${answer}")
set(HVCI_LLVM_LIBRARIES -L${libraries} ${answer})

# What a whole compiler links.
set(HVCI_LLVM_LIBRARY_FOLDER ${libraries})
execute_process(COMMAND ${llvm_config} --libs all
                OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(answer UNIX_COMMAND "${answer}")
set(HVCI_LLVM_ALL_LIBRARIES -L${libraries} ${answer})

# The same, linked into it; without the libraries for it this is empty.
execute_process(COMMAND ${llvm_config} --link-static --libs all --system-libs
                OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
separate_arguments(answer NATIVE_COMMAND "${answer}")
set(HVCI_LLVM_STATIC_LIBRARIES -L${libraries} ${answer})

if(NOT EXISTS ${HVCI_LLVM_INCLUDE}/clang/AST/ASTConsumer.h)
  message(FATAL_ERROR "no Clang headers in ${HVCI_LLVM_INCLUDE}; "
                      "on Debian: apt-get install libclang-${HVCI_LLVM}-dev")
endif()
message(STATUS "LLVM ${HVCI_LLVM}: ${HVCI_LLVM_INCLUDE}")
