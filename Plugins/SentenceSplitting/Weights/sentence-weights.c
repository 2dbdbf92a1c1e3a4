#include "sentence-weights.h"

// Embedded by the C compiler: an array literal of this size takes the Swift compiler minutes.
static const uint8_t weights[] = {
#embed "sentence-weights.bin"
};

const uint8_t *hearsay_sentence_weights(void) { return weights; }
size_t hearsay_sentence_weights_count(void) { return sizeof weights; }
