#include "stance-weights.h"

// #embed is of C23, which is younger than the compiler's default.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Embedded by the C compiler: array literals of this size take the Swift compiler minutes.

// On a cache line, as its rows are.
static const _Alignas(64) uint8_t weights[] = {
#embed "stance-weights.bin"
};

static const uint8_t polarity[] = {
#embed "polarity.txt"
};

const uint8_t *hearsay_stance_weights(void) { return weights; }
size_t hearsay_stance_weights_count(void) { return sizeof weights; }
const uint8_t *hearsay_stance_polarity(void) { return polarity; }
size_t hearsay_stance_polarity_count(void) { return sizeof polarity; }
