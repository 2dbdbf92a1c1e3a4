internal import Hearsay
import HearsayText

/// UTF-8 that was read as an encoding of one byte a character: `â€œ` for `“` (Windows-1252, Latin-1), `‚Äú` (Mac Roman),
/// `вЂњ` (Windows-1251), `Ã©` for `é`.
///
/// Only code points whose bytes form a valid UTF-8 sequence are repaired, and where right text could look the same
/// (`“CAFÉ”`: the bytes of `É”` are valid too) only with more evidence. Text read wrongly twice takes two rounds.
struct MojibakeRepair: Sendable {
  /// Windows-1252, by far the most frequent; it has rules of its own.
  private let western: Codepage
  private let others: [Codepage]
  /// By code point: whether one of the others may read the first byte of a sequence so.
  private var leads: [Bool] = Array(repeating: false, count: 0x2600)

  /// A sequence of code points that stand for the bytes of one.
  private struct Sequence {
    var lead: UInt8
    var value: UInt32
    var end: Int
    /// Whether all code points after the first are quotation marks, dashes or signs, which right text has there too.
    var looksOrdinary: Bool
  }

  /// - Parameter others: Beside Windows-1252; the first in which a sequence proves itself counts.
  init(western: Codepage, others: [Codepage]) {
    self.western = western
    self.others = others
    for page in others {
      for byte: UInt8 in 0xC2...0xF4 {
        if let scalar = page.scalar(of: byte), scalar < leads.count { leads[Int(scalar)] = true }
      }
    }
  }

  /// One round. What it gives must be applied before the next round can see more.
  func edits(in text: Swift.Span<UInt8>) -> TextEdits {
    var proven = Array(repeating: false, count: others.count)
    let edits = edits(in: text, &proven)
    // Once an encoding has proven itself, its sequences count that prove nothing alone.
    return proven.contains(true) ? self.edits(in: text, &proven) : edits
  }

  /// - Parameter proven: For each of the other encodings, whether the text was read so for certain.
  private func edits(in text: Swift.Span<UInt8>, _ proven: inout [Bool]) -> TextEdits {
    let hasProof = proven.contains(true)
    var edits = TextEdits()
    var run: [(start: Int, sequence: Sequence)] = []
    var end = 0
    text.forEachNonASCII(withCommonPunctuation: hasProof) { i in
      if i >= end { end = repair(text, at: i, hasProof, &run, &proven, &edits) }
    }
    return edits
  }

  /// Repairs what begins at `start`.
  ///
  /// - Parameter run: Space for the sequences that stand there.
  /// - Returns: Where to go on.
  private func repair(
    _ text: Swift.Span<UInt8>, at start: Int, _ hasProof: Bool, _ run: inout [(start: Int, sequence: Sequence)],
    _ proven: inout [Bool], _ edits: inout TextEdits
  ) -> Int {
    var end = start
    run.removeAll(keepingCapacity: true)
    if text[start] == 0xC3 || text[start] == 0xC2 {
      while let sequence = westernSequence(text, at: end) {
        run.append((end, sequence))
        end = sequence.end
      }
    }
    if hasProof, provenEnd(text, at: start, proven) > end {
      end = repairOthers(text, at: start, provenOnly: true, &run, &proven, &edits)
    } else {
      for (start, sequence) in run where run.count > 1 || isPlausible(sequence, in: text, at: start) {
        edits.replace(Span(start, sequence.end), withScalar: sequence.value)
      }
    }
    if end == start, mayLead(text, at: start, takesMarks: hasProof) {
      end = repairOthers(text, at: start, provenOnly: false, &run, &proven, &edits)
    }
    guard end == start else { return end }
    repairControl(text, at: start, &edits)
    return start + 1
  }

  /// Every `Â` that is left of a no-break space whose second half became a plain space. To be called only where the
  /// text was misread for certain.
  func strayLeads(in text: Swift.Span<UInt8>) -> TextEdits {
    var edits = TextEdits()
    text.forEachNonASCII(withCommonPunctuation: false) { i in
      if text.has("Â", at: i), text.byte(i + 2).isBlank, !text.scalar(before: i).isUpper {
        edits.remove(Span(i, i + 2))
      }
    }
    return edits
  }

  // MARK: Windows-1252

  private func westernSequence(_ text: Swift.Span<UInt8>, at start: Int) -> Sequence? {
    guard text.byte(start) == 0xC3, (0x82...0xB4).contains(text.byte(start + 1)) else { return nil }
    if let sequence = sequence(text, at: start, in: western) { return sequence }
    // The last byte of `”` stands for nothing in Windows-1252: what is left of it is U+FFFD, or nothing. No right text
    // has a euro sign after `â`.
    guard text.has("â€", at: start) else { return nil }
    let last = text.scalar(at: start + 5)
    if last.value >= 0x80, others.contains(where: { $0.byte(of: last.value)?.isUTF8Continuation ?? false }) {
      return nil
    }
    return Sequence(
      lead: 0xE2, value: 0x201D, end: start + 5 + (last.value == 0xFFFD ? last.count : 0), looksOrdinary: false)
  }

  /// The sequence of UTF-8 that begins at `start`, as the encoding reads it.
  private func sequence(_ text: Swift.Span<UInt8>, at start: Int, in page: Codepage) -> Sequence? {
    let first = text.scalar(at: start)
    guard let lead = page.byte(of: first.value), (0xC2...0xF4).contains(lead) else { return nil }
    let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(lead) & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
    var end = start + first.count
    var looksOrdinary = true
    for _ in 1..<count {
      let scalar = text.scalar(at: end)
      guard scalar.value >= 0x80, let byte = page.byte(of: scalar.value), byte.isUTF8Continuation else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
      end += scalar.count
      if !isOrdinaryMark(scalar.value, after: lead) { looksOrdinary = false }
    }
    let smallest: UInt32 = count == 2 ? 0x80 : count == 3 ? 0x800 : 0x1_0000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return nil }
    return Sequence(lead: lead, value: value, end: end, looksOrdinary: looksOrdinary)
  }

  private func isOrdinaryMark(_ value: UInt32, after lead: UInt8) -> Bool {
    switch value {
    case 0x2013, 0x2014, 0x2018...0x201E, 0x2026, 0x2039, 0x203A, 0xA0, 0xAB, 0xBB: true
    case 0xA9, 0xAE, 0xB0, 0xB2, 0xB3, 0xB9, 0x2122, 0x2022: lead > 0xC3
    default: false
    }
  }

  /// Whether a sequence that stands alone is more likely a damaged character than two right ones.
  private func isPlausible(_ sequence: Sequence, in text: Swift.Span<UInt8>, at start: Int) -> Bool {
    let inWord = text.scalar(at: sequence.end).isLetter
    switch sequence.lead {
    case 0xC2, 0xC3: return inWord || !(sequence.looksOrdinary && text.scalar(before: start).isUpper)
    // `×` and a sign are right text: `2×½`.
    case 0xD7: return false
    // `â€…`: general punctuation and currency; no right text has a euro sign after `â`.
    case 0xE2: return sequence.value >> 12 == 2 && (sequence.value < 0x2100 || !sequence.looksOrdinary)
    case 0xF0: return true
    default: return !sequence.looksOrdinary || (inWord && sequence.lead < 0xE0)
    }
  }

  /// A lone C1 control is a character of Windows-1252 that was read as Latin-1: `don\u{92}t`.
  private func repairControl(_ text: Swift.Span<UInt8>, at start: Int, _ edits: inout TextEdits) {
    let byte = text.byte(start + 1)
    guard text[start] == 0xC2, byte < 0xA0, let scalar = western.scalar(of: byte) else { return }
    // U+0085 is also "next line".
    if byte == 0x85, !text.scalar(before: start).isLetter { return }
    edits.replace(Span(start, start + 2), withScalar: scalar)
  }

  // MARK: Other encodings

  /// Whether the scalar at `start` can begin a sequence; quotation marks, dashes and ellipses are mostly right.
  private func mayLead(_ text: Swift.Span<UInt8>, at start: Int, takesMarks: Bool) -> Bool {
    if !takesMarks, text[start] == 0xE2, text.byte(start + 1) == 0x80, text.byte(start + 2) != 0x9A { return false }
    if text[start].isUTF8Continuation { return false }
    let scalar = text.scalar(at: start)
    // Mac Roman has the apple of its maker, which is a private code point, where emoji begin.
    return Int(scalar.value) < leads.count ? leads[Int(scalar.value)] : scalar.value == 0xF8FF
  }

  /// Where the longest run of sequences ends that begins at `start`, in the encodings that have proven themselves.
  private func provenEnd(_ text: Swift.Span<UInt8>, at start: Int, _ proven: [Bool]) -> Int {
    var longest = start
    guard mayLead(text, at: start, takesMarks: true) else { return start }
    for index in others.indices where proven[index] {
      var end = start
      while let sequence = sequence(text, at: end, in: others[index]) { end = sequence.end }
      longest = max(longest, end)
    }
    return longest
  }

  /// Repairs a run of sequences that begins at `start`.
  ///
  /// - Returns: Where it ends; `start` where there is none.
  private func repairOthers(
    _ text: Swift.Span<UInt8>, at start: Int, provenOnly: Bool, _ run: inout [(start: Int, sequence: Sequence)],
    _ proven: inout [Bool], _ edits: inout TextEdits
  ) -> Int {
    let isMark = isOrdinaryMark(text.scalar(at: start).value, after: 0)
    for index in others.indices where proven[index] == provenOnly {
      let page = others[index]
      run.removeAll(keepingCapacity: true)
      var end = start
      while let sequence = sequence(text, at: end, in: page) {
        run.append((end, sequence))
        end = sequence.end
      }
      let isPlausible =
        run.count > 2 || proven[index] && (run.count > 1 || !isMark)
        || run.contains { isPlausibleElsewhere($0.sequence, text, $0.start) }
      guard !run.isEmpty, isPlausible else { continue }
      if run.contains(where: { (0x2010...0x203A).contains($0.sequence.value) }) { proven[index] = true }
      for (start, sequence) in run { edits.replace(Span(start, sequence.end), withScalar: sequence.value) }
      return end
    }
    return start
  }

  /// Whether a sequence of an encoding other than Windows-1252 proves itself: it stands for a mark, a sign or an emoji, or
  /// it begins in a word with what is no letter (`caf√©`), with one of another script (`cafГ©`), or with a capital after
  /// a small letter (`kawĂł`).
  private func isPlausibleElsewhere(_ sequence: Sequence, _ text: Swift.Span<UInt8>, _ start: Int) -> Bool {
    switch sequence.value {
    case 0x2010...0x203A, 0x20AC, 0x2122, 0xF8FF, 0x1F300...0x1FAFF: return true
    // `caf‚àö‚Ä¢`: read so twice. A low quotation mark opens, and no letter stands before it.
    case 0x2200..<0x2300: return text.has("‚", at: start) && text.scalar(before: start).isLetter
    case 0xA0...0xBF: return !text.scalar(at: start).isLetter
    case 0xC0...0x24F:
      let first = text.scalar(at: start)
      let before = text.scalar(before: start)
      let after = text.byte(sequence.end)
      switch first.value {
      case 0x370..<0x530: return before.value < 0x80 && before.isLetter || after.isASCIILetter
      case 0x192, 0x2000...: return before.isLetter || after.isLower && !UInt8(clamping: before.value).isDigit
      default: return first.isUpper && before.isLetter && (before.isLower || after.isLower)
      }
    default: return false
    }
  }
}

extension TextEdits {
  fileprivate mutating func replace(_ span: Span, withScalar value: UInt32) {
    var bytes: [UInt8] = []
    bytes.append(scalar: value)
    replace(span, with: bytes)
  }
}
