#include "stance-weights.h"

// Embedded by the C compiler: an array literal of this size takes the Swift compiler minutes.
// On a cache line, as its rows are.
static const _Alignas(64) uint8_t weights[] = {
#embed "stance-weights.bin"
};

const uint8_t *hearsay_stance_weights(void) { return weights; }
size_t hearsay_stance_weights_count(void) { return sizeof weights; }
