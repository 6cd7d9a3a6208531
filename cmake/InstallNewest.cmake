# bin/hvcilint is the command of the newest release in the prefix, whichever was
# installed last; under the name bin/hvcilint-clangd it is clangd. Windows has no links that everybody may make: there it is a copy.
file(GLOB commands RELATIVE $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin
     $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin/hvcilint-[0-9]*)
list(SORT commands COMPARE NATURAL ORDER DESCENDING)
list(GET commands 0 newest)
string(REGEX REPLACE "-[0-9]+" "" name ${newest})
message(STATUS "Newest: bin/${name} is ${newest}")
set(bin $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin)
string(REPLACE hvcilint hvcilint-clangd clangd ${name})
foreach(link ${name} ${clangd})
  file(REMOVE ${bin}/${link})
  file(CREATE_LINK ${newest} ${bin}/${link} SYMBOLIC RESULT failed)
  if(NOT failed EQUAL 0)
    file(COPY_FILE ${bin}/${newest} ${bin}/${link})
  endif()
endforeach()
