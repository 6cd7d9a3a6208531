// Pragmas made by macros and operators, and macros in pragmas.
// RUN: not %hvci_cl /WX -Wno-ignored-pragmas -- %s 2>&1 | FileCheck %s --implicit-check-not=error:
#include <ntddk.h>

#define BOTH execute, write
#define SECTION "a"
#pragma section(SECTION "b", BOTH)
// CHECK: macro.c([[@LINE-1]],17): error: section 'ab' may become executable and writable
#pragma section("c", ALL(execute), shared)
#define ALL(x) write, x
#pragma section("d", ALL(execute), shared)
// CHECK: macro.c([[@LINE-1]],17): error: section 'd' may become
__pragma(section("e", execute, write, discard))
// CHECK: macro.c([[@LINE-1]],1): error: section 'e' may become
_Pragma("section(\"f\", write, execute, nocache)")
// CHECK: macro.c([[@LINE-1]],1): error: section 'f' may become
#define DECLARE(Name, Access) __pragma(section(Name, execute, Access))
DECLARE("g", write)
// CHECK: macro.c([[@LINE-1]],1): error: section 'g' may become
// CHECK: macro.c([[@LINE-3]],{{[0-9]+}}): note: expanded from macro 'DECLARE'
DECLARE("h", write) // hvcilint: allow(hvci-execute-write-section) why
DECLARE("i", read)
#define PLACED __pragma(section("j", read, write, execute, nopage)) __declspec(allocate("j"))
PLACED int Variable = 1;
// CHECK: macro.c([[@LINE-1]],1): error: section 'j' is executable and writable
#define LINK(Option) __pragma(comment(linker, Option))
#define OPTION "/SECTION:k,ERW"
#pragma comment(linker, OPTION)
// CHECK: macro.c([[@LINE-1]],25): error: '/SECTION:k,ERW' makes
LINK("/SECTION:" "l,ERW")
// CHECK: macro.c([[@LINE-1]],1): error: '/SECTION:l,ERW' makes
