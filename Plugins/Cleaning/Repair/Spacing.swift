import CByteClasses
internal import Hearsay
import HearsayText

/// White space and invisible characters: a run of them becomes one space, one line break, one blank line, or nothing.
struct SpacingRepair {
  var normalizesSpace: Bool
  var removesInvisible: Bool

  private enum Blank {
    case space
    case lineBreak
    case invisible
  }

  /// What is to be done to a text.
  struct Found {
    /// The runs to replace.
    var edits = TextEdits()
    /// How many of them hold what is invisible.
    var invisible = 0
    /// Where the last run ended that was looked at.
    fileprivate var end = 0
  }

  /// - Complexity: O(n), 64 bytes a step where white space is plain.
  func find(in text: Swift.Span<UInt8>) -> Found {
    var found = Found()
    var marks = CommonPunctuation()
    var space = LooseSpace()
    text.forEachBlock { start, classes in
      var places = classes.control | space.loose(classes) | marks.others(text, at: start, high: classes.high)
      // White space at either end is too much, even a single one.
      if start == 0 { places |= 1 }
      if text.count - start <= 64 { places |= 1 << UInt64(text.count - start - 1) }
      places.forEachBit { readRun(text, around: start + $0, &found) }
    }
    return found
  }

  /// Reads the run that the byte at `place` belongs to, if it belongs to one that was not read yet.
  private func readRun(_ text: Swift.Span<UInt8>, around place: Int, _ found: inout Found) {
    guard place >= found.end, blank(in: text, at: place) != nil else { return }
    var start = place
    // Plain white space, without a fault up to here.
    if normalizesSpace { while start > found.end, text[start - 1].isBlank { start -= 1 } }
    var end = start
    var lineBreaks = 0
    var hasSpace = false
    var hasInvisible = false
    while let blank = blank(in: text, at: end) {
      switch blank.kind {
      case .space: hasSpace = true
      case .lineBreak: lineBreaks += 1
      case .invisible: hasInvisible = true
      }
      end += blank.count
    }
    found.end = end
    let isOuter = normalizesSpace && (start == 0 || end == text.count)
    let wanted: StaticString =
      isOuter ? "" : lineBreaks > 1 ? "\n\n" : lineBreaks == 1 ? "\n" : hasSpace ? " " : ""
    if end - start != wanted.utf8CodeUnitCount || !text.has(wanted, at: start) {
      found.edits.replace(Span(start, end), with: wanted)
      if hasInvisible { found.invisible += 1 }
    }
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

/// Finds spaces and line breaks beside others that are no plain blank line. Asked with the blocks of a text in order.
struct LooseSpace {
  // Of the block before, in the lowest bits.
  private var lastSpace: UInt64 = 0
  private var lastNewline: UInt64 = 0
  private var newlineBeforeLast: UInt64 = 0

  /// The bytes of the block that are too much after those before them: what follows the first of a run.
  @inline(__always) mutating func loose(_ classes: HearsayByteClasses) -> UInt64 {
    let (space, newline) = (classes.space, classes.newline)
    let afterSpace = space << 1 | lastSpace
    let afterNewline = newline << 1 | lastNewline
    let secondNewline = newline << 2 | newlineBeforeLast
    lastSpace = space >> 63
    lastNewline = newline >> 63
    newlineBeforeLast = newline >> 62
    return (space & (afterSpace | afterNewline)) | (newline & (afterSpace | (afterNewline & secondNewline)))
  }
}
