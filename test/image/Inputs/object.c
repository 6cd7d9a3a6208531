// What a unit tells the linker.
#pragma comment(linker, "/SECTION:shared,ERW")
#pragma comment(linker, "/MERGE:.rdata=.text")
int function(void) { return 0; }
