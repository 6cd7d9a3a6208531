// RUN: split-file %s %t
// RUN: %hvci_cl_x64 -Xclang -verify -- %t/rdata.c
// RUN: %hvci_cl_arm64 -Xclang -verify -- %t/rdata.c
// RUN: %hvci_cl_x86 -Xclang -verify=expected,x86 -- %t/rdata.c
// RUN: %hvci_clang_mingw -Xclang -verify %t/rdata.c
// RUN: %hvci_cl -Xclang -verify -- %t/idata.c
// RUN: %hvci_cl -Xclang -verify -- %t/chain.c
// RUN: %hvci_cl -Xclang -verify -- %t/option.c
// RUN: %hvci_cl -Xclang -verify -- %t/content.c
// RUN: %hvci_cl -Xclang -verify -- %t/allowed.c
// RUN: %hvci_cl -Xclang -verify -I %t -imsvc %t/km -- %t/header.c

//--- rdata.c
#include <ntddk.h>
// x86-note@* {{memory integrity runs on 64-bit Windows only}}
#pragma comment(linker, "/MERGE:.rdata=.text") // expected-warning {{'/MERGE:.rdata=.text' puts the import address table into section '.text', which is executable; do not merge it into code [hvci-iat-in-executable-section]}}
// The first merge of a section is the one that holds.
#pragma comment(linker, "/MERGE:.rdata=PAGE")

//--- idata.c
#pragma comment(linker, "/MERGE:.rdata=.data /MERGE:.idata=PAGE") // expected-warning {{'/MERGE:.idata=PAGE' puts the import address table into section 'PAGE'}}
void Paged(void);
#pragma alloc_text("PAGE", Paged)
void Paged(void) {} // expected-note {{'Paged' is code in 'PAGE'}}

//--- chain.c
#pragma comment(linker, "/MERGE:.idata=.rdata /MERGE:.rdata=consts")
#pragma comment(linker, "/MERGE:consts=.text") // expected-warning {{'/MERGE:consts=.text' puts the import address table into section '.text'}}

//--- option.c
#pragma comment(linker, "/SECTION:.rdata,ER") // expected-warning {{'/SECTION:.rdata,ER' makes section '.rdata' executable, and the import address table lies in it; drop E}}

//--- content.c
#pragma comment(linker, "/MERGE:.rdata=.data /MERGE:.xdata=.rdata /MERGE:.idata=INITDATA")
#pragma code_seg(push, "INITCODE")
void Start(void) {}
#pragma code_seg(pop)
#pragma code_seg("INITDATA")
void Beside(void) {} // expected-note {{'Beside' is code in 'INITDATA'}}
#pragma code_seg()
// expected-warning@1 {{'/MERGE:.idata=INITDATA' puts the import address table into section 'INITDATA'}}

//--- allowed.c
// hvcilint: allow(hvci-iat-in-executable-section) for the boot stub
#pragma comment(linker, "/MERGE:.rdata=.text")
#pragma comment(linker, "/SECTION:a,ERW") // expected-warning {{makes section 'a'}}

//--- km/kit.h
#pragma comment(linker, "/MERGE:.rdata=.text")
//--- driver.h
#define INTO ".text"
//--- header.c
#include <kit.h>
#include "driver.h"
#define MERGE(From, Into) __pragma(comment(linker, "/MERGE:" From "=" Into))
MERGE(".idata", INTO) // expected-warning {{'/MERGE:.idata=.text' puts the import address table into section '.text'}}
