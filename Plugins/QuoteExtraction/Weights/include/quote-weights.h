#pragma once

#include <stddef.h>
#include <stdint.h>

/// The compact weights of the model of quotes: see `QuoteModel.init(compact:)`.
const uint8_t *hearsay_quote_weights(void);
/// Their length in bytes.
size_t hearsay_quote_weights_count(void);
