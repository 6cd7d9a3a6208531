// What comment pragmas tell the linker.
// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify=expected,x86 -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>
// x86-note@* 4 {{memory integrity runs on 64-bit Windows only}}

#pragma comment(linker, "/SECTION:a,ERW") // expected-warning {{'/SECTION:a,ERW' makes section 'a' executable and writable; drop E or W [hvci-execute-write-section]}}
#pragma comment(linker, "-section:b,rwe") // expected-warning {{'-section:b,rwe' makes section 'b' executable and writable}}
#pragma comment(linker, "/EXPORT:Name /MERGE:.data=.text") // expected-warning {{'/MERGE:.data=.text' may make section '.text' executable and writable; do not merge writable data and code}}
#pragma comment(linker, "/EXPORT:Name " /* where it stands: */ \
                        "/SECTION:" "c" ",RWE") // expected-warning {{'/SECTION:c,RWE' makes section 'c'}}

#pragma comment(linker, "/SECTION:d,RW /SECTION:e,ER /SECTION:INIT,D /SECTION:f,!W")
#pragma comment(linker, "/MERGE:_PAGE=PAGE /MERGE:_TEXT=.text")
#pragma comment(linker, "/SECTION:INIT,ERWD")
#pragma comment(linker, "/SECTION:g,E W /SECTION: /SECTION /SECTION:h,XYZ")
#pragma comment(lib, "/SECTION:i,ERW")
// hvcilint: allow(hvci-execute-write-section) only in the test image
#pragma comment(linker, "/SECTION:j,ERW")
void inside(void) {
#pragma comment(linker, "/SECTION:k,EW") // hvcilint: allow(hvci-execute-write-section) why
}
