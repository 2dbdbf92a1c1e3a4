#pragma once

#include <stddef.h>
#include <stdint.h>

/// The file of weights of the quote model, its header included: see `QuoteModel`.
const uint8_t *hearsay_quote_weights(void);
/// Its length in bytes.
size_t hearsay_quote_weights_count(void);
