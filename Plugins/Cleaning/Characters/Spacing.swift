internal import Hearsay

/// White space and invisible characters: a run of them becomes one space, one line break, one blank line, or nothing.
struct SpacingRepair {
  var normalizesSpace: Bool
  var removesInvisible: Bool
  /// Whether all that could need repair is outside ASCII.
  var onlyHigh = false

  private enum Blank {
    case space
    case lineBreak
    case invisible
  }

  /// The runs to replace, and how many of them hold what is invisible.
  func find(in text: Swift.Span<UInt8>) -> (edits: TextEdits, invisible: Int) {
    var edits = TextEdits()
    var invisible = 0
    var i = 0
    while i < text.count {
      if onlyHigh {
        // A space before an invisible character or a wide space belongs to the run.
        let high = text.nextHigh(from: i)
        if high == text.count { break }
        if isUsualMark(text, at: high) {
          i = high + 3
          continue
        }
        var start = high
        while start > i, text[start - 1].isBlank { start -= 1 }
        i = start
      }
      let byte = text[i]
      // By far the most: a visible ASCII character, or one space between two.
      if byte > 0x20, byte < 0x7F {
        i += 1
        continue
      }
      if byte == 0x20, i > 0, i + 1 < text.count, text[i + 1] > 0x20, text[i + 1] < 0x7F {
        i += 1
        continue
      }
      let start = i
      var lineBreaks = 0
      var hasSpace = false
      var hasInvisible = false
      while let blank = blank(in: text, at: i) {
        switch blank.kind {
        case .space: hasSpace = true
        case .lineBreak: lineBreaks += 1
        case .invisible: hasInvisible = true
        }
        i += blank.count
      }
      guard i > start else {
        i += 1
        continue
      }
      let isOuter = normalizesSpace && (start == 0 || i == text.count)
      let wanted: StaticString =
        isOuter ? "" : lineBreaks > 1 ? "\n\n" : lineBreaks == 1 ? "\n" : hasSpace ? " " : ""
      if i - start != wanted.utf8CodeUnitCount || !text.has(wanted, at: start) {
        edits.replace(Span(start, i), with: wanted)
        if hasInvisible { invisible += 1 }
      }
    }
    return (edits, invisible)
  }

  /// A curly quotation mark, a dash or an ellipsis: by far the most that is not ASCII in English news.
  private func isUsualMark(_ text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    text[offset] == 0xE2 && text.byte(offset + 1) == 0x80 && (0x90...0xA7).contains(text.byte(offset + 2))
  }

  /// The white space or invisible character at `offset`, of the kinds that are to be repaired.
  private func blank(in text: Swift.Span<UInt8>, at offset: Int) -> (kind: Blank, count: Int)? {
    guard offset < text.count else { return nil }
    let byte = text[offset]
    if byte == 0x0D {
      return normalizesSpace ? (.lineBreak, text.byte(offset + 1) == 0x0A ? 2 : 1) : nil
    }
    if byte < 0x80 {
      if byte.isBlank { return normalizesSpace ? (byte == 0x20 || byte == 0x09 ? .space : .lineBreak, 1) : nil }
      return removesInvisible && (byte < 0x20 || byte == 0x7F) ? (.invisible, 1) : nil
    }
    switch byte {
    case 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF: break
    default: return nil
    }
    let scalar = text.scalar(at: offset)
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return normalizesSpace ? (.space, scalar.count) : nil
    case 0x85, 0x2028, 0x2029: return normalizesSpace ? (.lineBreak, scalar.count) : nil
    case 0x200B, 0x200C, 0x200D, 0x180E:
      return removesInvisible && !isNeeded(scalar.value, in: text, at: offset) ? (.invisible, scalar.count) : nil
    case 0x80...0x9F, 0xAD, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
      return removesInvisible ? (.invisible, scalar.count) : nil
    default: return nil
    }
  }

  /// Whether the script or the emoji before a zero-width character wants it there.
  private func isNeeded(_ value: UInt32, in text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    let before = text.scalar(before: offset).value
    switch before {
    case 0x0E00..<0x0F00, 0x1000..<0x10A0, 0x1780..<0x1800: return true  // Thai, Lao, Burmese, Khmer
    case 0x0600..<0x0E00, 0xFB50..<0xFE00, 0xFE70..<0xFEFF: return value != 0x200B && value != 0x180E  // Arabic, Indic
    case 0x1800..<0x18B0: return value != 0x200B  // Mongolian
    case 0x2190..<0x2C00, 0xFE0F, 0x1F000..<0x20000:  // emoji
      return value == 0x200D && text.scalar(at: offset + 3).value >= 0x2190
    default: return false
    }
  }
}
