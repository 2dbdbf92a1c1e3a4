#include "stance-weights.h"

// #embed is of C23, which is younger than the compiler's default.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Embedded by the C compiler: array literals of this size take the Swift compiler minutes.

// The file has a header of 32 bytes. After as many zeros its table is aligned to cache lines, as the rows of it are.
enum { padding = 32 };
static const _Alignas(64) uint8_t weights[] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
#embed "stance-weights.bin"
};

static const uint8_t polarity[] = {
#embed "polarity.txt"
};

const uint8_t *hearsay_stance_weights(void) { return weights + padding; }
size_t hearsay_stance_weights_count(void) { return sizeof weights - padding; }
const uint8_t *hearsay_stance_polarity(void) { return polarity; }
size_t hearsay_stance_polarity_count(void) { return sizeof polarity; }
