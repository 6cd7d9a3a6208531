# Text as C.

# Puts the definition of an array of char, which ends in NUL, into `out`.
function(text_array out name text)
  string(HEX "${text}" hex)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(row ".............................................................................")
  string(REGEX REPLACE "(${row})" "\\1\n" bytes "${bytes}")
  set(${out} "const char ${name}[] = {\n${bytes}0};\n" PARENT_SCOPE)
endfunction()
