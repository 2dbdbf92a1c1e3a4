#include "quote-weights.h"

// #embed is of C23, which is younger than the compiler's default.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Embedded by the C compiler: an array literal of this size takes the Swift compiler minutes.
static const uint8_t weights[] = {
#embed "quote-weights.bin"
};

const uint8_t *hearsay_quote_weights(void) { return weights; }
size_t hearsay_quote_weights_count(void) { return sizeof weights; }
