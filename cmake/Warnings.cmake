# Our own code compiles without warnings; the compiler flags are a target's, not
# the project's.

add_library(hvci_warnings INTERFACE)
target_compile_options(hvci_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion
  # LLVM's style names a constructor's parameter like the member it fills.
  $<IF:$<COMPILE_LANG_AND_ID:CXX,GNU>,-Wshadow=local,-Wshadow>
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes -Wvla>
  $<$<BOOL:${HVCI_WERROR}>:-Werror>)

add_library(hvci_sanitize INTERFACE)
if(HVCI_SANITIZE)
  target_compile_options(hvci_sanitize INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(hvci_sanitize INTERFACE -fsanitize=address,undefined)
endif()
