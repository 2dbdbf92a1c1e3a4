#ifndef HEARSAY_CLIBFUZZER_H
#define HEARSAY_CLIBFUZZER_H
#include <stddef.h>
#include <stdint.h>

/// libFuzzer's main loop, for a program with a main function of its own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
