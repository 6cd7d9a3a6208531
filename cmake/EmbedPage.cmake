# Makes report.html, with report.css and report.js in it, into a C source that holds
# it as two texts: what is in front of @CONTENT@, and what is behind it.
#
#   cmake -DFOLDER=<of the three> -DOUTPUT=<file.c> -P EmbedPage.cmake
#
# The page's policy allows this style and this script by their SHA-256, which CSP
# wants in base64.

cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

# The base64 of bytes in hexadecimal, of which there are 3n + 2.
function(base64 out hex)
  set(text "")
  string(APPEND hex "00")
  while(NOT hex STREQUAL "")
    string(SUBSTRING "${hex}" 0 6 group)
    string(SUBSTRING "${hex}" 6 -1 hex)
    math(EXPR number "0x${group}")
    foreach(shift 18 12 6 0)
      math(EXPR digit "(${number} >> ${shift}) & 63")
      string(SUBSTRING "${letters}" ${digit} 1 letter)
      string(APPEND text "${letter}")
    endforeach()
  endwhile()
  string(REGEX REPLACE ".$" "=" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# What stands in the place of @NAME@ and @NAME_HASH@.
macro(place name file)
  file(READ ${FOLDER}/${file} text)
  string(SHA256 hash "${text}")
  base64(hash "${hash}")
  string(REPLACE "@${name}_HASH@" "sha256-${hash}" page "${page}")
  string(REPLACE "@${name}@" "${text}" page "${page}")
endmacro()

file(READ ${FOLDER}/report.html page)
place(STYLE report.css)
place(SCRIPT report.js)
string(FIND "${page}" "@CONTENT@" middle)
string(SUBSTRING "${page}" 0 ${middle} head)
math(EXPR middle "${middle} + 9")
string(SUBSTRING "${page}" ${middle} -1 tail)

text_array(head page_head "${head}")
text_array(tail page_tail "${tail}")
file(WRITE ${OUTPUT} "#include \"page.h\"\n\n${head}\n${tail}")
