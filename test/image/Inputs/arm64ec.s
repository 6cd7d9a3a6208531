// What Microsoft's libraries give an arm64ec image: enough to link one, and the
// load configuration by which a reader tells it from an x64 image.
  .text
  .globl __icall_helper_arm64ec
__icall_helper_arm64ec:
  ret

  .data
  .globl __os_arm64x_dispatch_ret, __os_arm64x_dispatch_call_no_redirect
  .globl __os_arm64x_check_icall
__os_arm64x_dispatch_ret: .quad 0
__os_arm64x_dispatch_call_no_redirect: .quad 0
__os_arm64x_check_icall: .quad 0

  .section .rdata, "dr"
  .balign 8
  .globl _load_config_used
_load_config_used:
  .word 0x140           // its size
  .zero 0xc4
  .quad metadata        // CHPEMetadataPointer
  .zero 0x70
metadata:
  .word 1               // its version
  .rva __hybrid_code_map
  .word __hybrid_code_map_count
  .zero 0x80
