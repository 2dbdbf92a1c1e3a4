// Classes of the bytes of a text, 64 bytes in one step: a bit a byte, the first byte's the lowest.
//
// In C because the vector types of Swift's library are no faster than one byte at a time. The functions are inlined into
// Swift, and what a caller does not use of the result is never computed.
#ifndef HEARSAY_BYTE_CLASSES_H
#define HEARSAY_BYTE_CLASSES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  uint64_t newline;
  uint64_t space;
  /// Whether the byte is a space or a control character below it.
  uint64_t blank;
  /// Any control character but a line feed.
  uint64_t control;
  uint64_t ampersand;
  /// Outside ASCII.
  uint64_t high;
  uint64_t small;
  uint64_t capital;
  /// Full stop, exclamation or question mark, colon, straight quotation mark, or the last byte of a curly one.
  uint64_t mark;
  uint64_t digit;
  uint64_t bracket;
  /// A slash, a colon, or the first byte of © or of `by`: no credit of a picture is without one.
  uint64_t credit;
} HearsayByteClasses;

/// How many bytes are looked at for the classes of 64: a mark has three.
enum { HEARSAY_BLOCK_REACH = 66 };

#if defined(__SSE2__)
#include <emmintrin.h>

#define HEARSAY_LOAD(ahead) _mm_loadu_si128((const __m128i *)(bytes + shift + (ahead)))
#define HEARSAY_MASK(vector) ((uint64_t)(uint32_t)_mm_movemask_epi8(vector) << shift)
#define HEARSAY_EQUAL(v, byte) _mm_cmpeq_epi8(v, _mm_set1_epi8((char)(byte)))
#define HEARSAY_BETWEEN(v, low, high) \
  _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((low) - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8((high) + 1)))

static inline HearsayByteClasses hearsay_byte_classes(const uint8_t *bytes) {
  HearsayByteClasses classes = {0};
  for (int part = 0; part < 4; part++) {
    const int shift = 16 * part;
    const __m128i v = HEARSAY_LOAD(0);
    const __m128i second = HEARSAY_LOAD(1);
    const __m128i newline = HEARSAY_EQUAL(v, '\n');
    classes.newline |= HEARSAY_MASK(newline);
    classes.space |= HEARSAY_MASK(HEARSAY_EQUAL(v, ' '));
    classes.blank |= HEARSAY_MASK(HEARSAY_BETWEEN(v, 0, 0x20));
    classes.control |=
        HEARSAY_MASK(_mm_or_si128(_mm_andnot_si128(newline, HEARSAY_BETWEEN(v, 0, 0x1F)), HEARSAY_EQUAL(v, 0x7F)));
    classes.ampersand |= HEARSAY_MASK(HEARSAY_EQUAL(v, '&'));
    classes.high |= HEARSAY_MASK(v);
    classes.small |= HEARSAY_MASK(HEARSAY_BETWEEN(v, 'a', 'z'));
    classes.capital |= HEARSAY_MASK(HEARSAY_BETWEEN(v, 'A', 'Z'));
    const __m128i stop =
        _mm_or_si128(HEARSAY_EQUAL(v, '.'), _mm_or_si128(HEARSAY_EQUAL(v, '!'), HEARSAY_EQUAL(v, '?')));
    const __m128i curly = _mm_or_si128(HEARSAY_EQUAL(v, 0x9C), HEARSAY_EQUAL(v, 0x9D));
    const __m128i straight = _mm_or_si128(HEARSAY_EQUAL(v, ':'), HEARSAY_EQUAL(v, '"'));
    classes.mark |= HEARSAY_MASK(_mm_or_si128(stop, _mm_or_si128(curly, straight)));
    classes.digit |= HEARSAY_MASK(HEARSAY_BETWEEN(v, '0', '9'));
    classes.bracket |= HEARSAY_MASK(HEARSAY_EQUAL(v, '('));
    const __m128i by = _mm_and_si128(HEARSAY_EQUAL(v, 'b'), HEARSAY_EQUAL(second, 'y'));
    const __m128i copyright = _mm_and_si128(HEARSAY_EQUAL(v, 0xC2), HEARSAY_EQUAL(second, 0xA9));
    classes.credit |= HEARSAY_MASK(
        _mm_or_si128(_mm_or_si128(by, copyright), _mm_or_si128(HEARSAY_EQUAL(v, '/'), HEARSAY_EQUAL(v, ':'))));
  }
  return classes;
}

static inline uint64_t hearsay_usual_marks(const uint8_t *bytes) {
  uint64_t marks = 0;
  for (int part = 0; part < 4; part++) {
    const int shift = 16 * part;
    const __m128i third = HEARSAY_LOAD(2);
    const __m128i is_third =
        _mm_andnot_si128(HEARSAY_EQUAL(third, 0x9A), HEARSAY_BETWEEN(third, (int8_t)0x90, (int8_t)0xA7));
    const __m128i begins = _mm_and_si128(HEARSAY_EQUAL(HEARSAY_LOAD(0), 0xE2), HEARSAY_EQUAL(HEARSAY_LOAD(1), 0x80));
    marks |= HEARSAY_MASK(_mm_and_si128(begins, is_third));
  }
  return marks;
}

#undef HEARSAY_LOAD
#undef HEARSAY_MASK
#undef HEARSAY_EQUAL
#undef HEARSAY_BETWEEN

#else

static inline HearsayByteClasses hearsay_byte_classes(const uint8_t *bytes) {
  HearsayByteClasses classes = {0};
  for (int i = 0; i < 64; i++) {
    const uint8_t b = bytes[i];
    classes.newline |= (uint64_t)(b == '\n') << i;
    classes.space |= (uint64_t)(b == ' ') << i;
    classes.blank |= (uint64_t)(b <= 0x20) << i;
    classes.control |= (uint64_t)((b < 0x20 && b != '\n') || b == 0x7F) << i;
    classes.ampersand |= (uint64_t)(b == '&') << i;
    classes.high |= (uint64_t)(b >= 0x80) << i;
    classes.small |= (uint64_t)(b >= 'a' && b <= 'z') << i;
    classes.capital |= (uint64_t)(b >= 'A' && b <= 'Z') << i;
    const int is_quote = b == '"' || b == 0x9C || b == 0x9D;
    classes.mark |= (uint64_t)(b == '.' || b == '!' || b == '?' || b == ':' || is_quote) << i;
    classes.digit |= (uint64_t)(b >= '0' && b <= '9') << i;
    classes.bracket |= (uint64_t)(b == '(') << i;
    const int is_by = b == 'b' && bytes[i + 1] == 'y';
    const int is_copyright = b == 0xC2 && bytes[i + 1] == 0xA9;
    classes.credit |= (uint64_t)(b == '/' || b == ':' || is_by || is_copyright) << i;
  }
  return classes;
}

static inline uint64_t hearsay_usual_marks(const uint8_t *bytes) {
  uint64_t marks = 0;
  for (int i = 0; i < 64; i++) {
    const uint8_t third = bytes[i + 2];
    const int is_third = third >= 0x90 && third <= 0xA7 && third != 0x9A;
    marks |= (uint64_t)(bytes[i] == 0xE2 && bytes[i + 1] == 0x80 && is_third) << i;
  }
  return marks;
}

#endif

/// The bytes themselves, or, where they are too few to be read, those in `block` with zeros behind them.
static inline const uint8_t *hearsay_block(const uint8_t *bytes, size_t count, uint8_t *block) {
  if (count >= HEARSAY_BLOCK_REACH) return bytes;
  memset(block, 0, HEARSAY_BLOCK_REACH);
  if (count > 0) memcpy(block, bytes, count);
  return block;
}

/// The classes of the first 64 of `count` bytes; where they are fewer there are blanks behind them, of no other class.
static inline HearsayByteClasses hearsay_byte_classes_within(const uint8_t *bytes, size_t count) {
  uint8_t block[HEARSAY_BLOCK_REACH];
  HearsayByteClasses classes = hearsay_byte_classes(hearsay_block(bytes, count, block));
  // A zero is a control character, but those behind the text are none of its own.
  if (count < 64) classes.control &= ((uint64_t)1 << count) - 1;
  return classes;
}

/// The first bytes, among the first 64 of `count`, of the marks that news is full of: dashes, quotation marks, bullets and
/// ellipses, U+2010 to U+2027 but for `‚`.
static inline uint64_t hearsay_usual_marks_within(const uint8_t *bytes, size_t count) {
  uint8_t block[HEARSAY_BLOCK_REACH];
  return hearsay_usual_marks(hearsay_block(bytes, count, block));
}

#endif
