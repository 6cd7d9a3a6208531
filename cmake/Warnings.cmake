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
endif()
