# Our own code compiles without warnings; the compiler flags are a target's, not
# the project's.

add_library(hvci_warnings INTERFACE)
target_compile_options(hvci_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion
  # LLVM's style names a constructor's parameter like the member it fills. GCC warns
  # of that, and of signs, in C only; Clang has no option between.
  $<$<COMPILE_LANGUAGE:C>:-Wshadow>
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wshadow=local>
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-sign-conversion>
  # With Clang the stable_sort of libstdc++ 12 warns of itself.
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes -Wvla>
  $<$<BOOL:${HVCI_WERROR}>:-Werror>)

add_library(hvci_sanitize INTERFACE)
if(HVCI_SANITIZE)
  target_compile_options(hvci_sanitize INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(hvci_sanitize INTERFACE -fsanitize=address,undefined)
  # What loads the plugin has no runtime of its own: it is preloaded, and shared.
  set(name libasan.so)
  if(CMAKE_C_COMPILER_ID STREQUAL Clang)
    set(name libclang_rt.asan-${CMAKE_SYSTEM_PROCESSOR}.so)
  endif()
  execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=${name}
                  OUTPUT_VARIABLE HVCI_ASAN_RUNTIME OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT IS_ABSOLUTE "${HVCI_ASAN_RUNTIME}")
    message(FATAL_ERROR "no ${name} of ${CMAKE_C_COMPILER}; for Clang, Debian's libclang-rt-22-dev has it")
  endif()
  if(CMAKE_C_COMPILER_ID STREQUAL Clang)
    get_filename_component(folder ${HVCI_ASAN_RUNTIME} DIRECTORY)
    target_link_options(hvci_sanitize INTERFACE -shared-libasan -Wl,-rpath,${folder})
  endif()
endif()
