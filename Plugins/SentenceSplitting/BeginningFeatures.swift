import HearsayText

/// A place where a sentence may begin, as the model sees it.
package struct BeginningPlace {
  /// The word before; empty after an abbreviation, whose own word says little.
  package var before: BoundaryWord
  /// The capitalised word at the place.
  package var word: BoundaryWord
  /// The word after it; empty where a mark or nothing stands there.
  package var next: BoundaryWord
  /// Bytes from the beginning of the current sentence.
  package var distance: Int

  /// The place at `offset` of `text`.
  ///
  /// - Parameters:
  ///   - before: The word before it; `nil` where an abbreviation's stop stands there.
  ///   - start: Where the current sentence begins.
  package init(_ text: Swift.Span<UInt8>, at offset: Int, before: BoundaryWord?, start: Int) {
    let none = BoundaryWord(text, offset..<offset)
    self.before = before ?? none
    word = text.word(startingAt: offset)
    next = text.byte(word.end) == 0x20 ? text.word(startingAt: word.end + 1) : none
    distance = offset - start
  }
}

/// The features of a place, as slots of the model's table.
package enum BeginningFeatures {
  /// The table has `1 << bits` slots.
  package static let bits = 15

  /// Calls `body` with the slot of each feature.
  @inline(__always)
  package static func visit(_ place: BeginningPlace, _ body: (Int) -> Void) {
    let mode: UInt64 = place.before.isEmpty ? 1 : 0
    func emit(_ kind: UInt64, _ a: UInt64, _ b: UInt64 = 0) {
      var hash = (a ^ (kind << 1 | mode) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
      hash = (hash ^ hash >> 32 ^ b) &* 0xD6E8_FEB8_6659_FD93
      body(Int(truncatingIfNeeded: hash >> UInt64(64 - bits)))
    }
    let nextShape = shape(place.next)
    emit(0, 0)
    emit(1, place.word.hash)
    emit(2, place.word.hash, nextShape)
    emit(3, place.next.hash, nextShape)
    emit(4, place.word.hash, place.next.hash)
    emit(5, shape(place.word), nextShape)
    guard mode == 0 else { return }
    let beforeShape = shape(place.before)
    emit(6, place.before.hash)
    emit(7, beforeShape, nextShape)
    emit(8, place.before.hash, place.word.hash)
    emit(9, beforeShape, place.word.hash)
    emit(10, UInt64(min(7, place.distance / 24)))
  }

  /// How a word is written: nothing, digits, lower case, capitalised, capitals, one letter, an abbreviation.
  private static func shape(_ word: BoundaryWord) -> UInt64 {
    if word.isEmpty { return 1 }
    if word.digits > 0 { return 2 }
    if word.stops > 0 { return 3 }
    if word.uppers == 0 { return 4 }
    if word.letters == 1 { return 5 }
    return word.uppers == word.letters ? 6 : 7
  }
}
