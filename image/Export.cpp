// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Export.cpp - the one name that the shared object hvcilint-image exports.
//
#include "hvci/image.h"

#ifdef _WIN32
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

static const hvci_image_reader Reader = {
    hvci_image_open, hvci_image_close,       hvci_image_count,
    hvci_image_get,  hvci_image_relocations, hvci_image_locate};

extern "C" EXPORTED const hvci_image_reader *hvci_image_export();

const hvci_image_reader *hvci_image_export() { return &Reader; }
