internal import Hearsay

/// UTF-8 that was read as Windows-1252 or Latin-1: `â€œ` for `“`, `Ã©` for `é`.
///
/// Only code points whose bytes form a valid UTF-8 sequence are repaired, and where right text could look the same
/// (`“CAFÉ”`: the bytes of `É”` are valid too) only with more evidence. Text read wrongly twice takes two rounds.
struct MojibakeRepair {
  /// A sequence of code points that stand for the bytes of one.
  private struct Sequence {
    var lead: UInt8
    var value: UInt32
    var end: Int
    /// Whether all code points behind the first are quotation marks, dashes or signs, which right text has there too.
    var looksOrdinary: Bool
  }

  /// One round. What it gives must be applied before the next round can see more.
  func edits(in text: Swift.Span<UInt8>) -> TextEdits {
    var edits = TextEdits()
    var run: [(start: Int, sequence: Sequence)] = []
    var i = 0
    while i < text.count {
      guard text[i] == 0xC3 || text[i] == 0xC2 else {
        i = text.nextHigh(from: i + 1)
        continue
      }
      run.removeAll(keepingCapacity: true)
      var end = i
      while let sequence = sequence(text, at: end) {
        run.append((end, sequence))
        end = sequence.end
      }
      if run.isEmpty {
        repairControl(text, at: i, &edits)
        end = i + 2
      }
      for (start, sequence) in run where run.count > 1 || isPlausible(sequence, in: text, at: start) {
        var bytes: [UInt8] = []
        bytes.append(scalar: sequence.value)
        edits.replace(Span(start, sequence.end), with: bytes)
      }
      i = end
    }
    return edits
  }

  /// Every `Â` that is left of a no-break space whose second half became a plain space. To be asked for only where the
  /// text was misread for certain.
  func strayLeads(in text: Swift.Span<UInt8>) -> TextEdits {
    var edits = TextEdits()
    var i = text.nextHigh(from: 0)
    while i < text.count {
      if text.has("Â", at: i), text.byte(i + 2).isBlank, !text.scalar(before: i).isUpper {
        edits.remove(Span(i, i + 2))
      }
      i = text.nextHigh(from: i + 1)
    }
    return edits
  }

  private func sequence(_ text: Swift.Span<UInt8>, at start: Int) -> Sequence? {
    guard text.byte(start) == 0xC3, (0x82...0xB4).contains(text.byte(start + 1)) else { return nil }
    let lead = 0xC0 | (text.byte(start + 1) & 0x3F)
    let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(lead) & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
    var end = start + 2
    var looksOrdinary = true
    for k in 1..<count {
      let scalar = text.scalar(at: end)
      // The last byte of `”` stands for nothing in Windows-1252: what is left of it is U+FFFD, or nothing. No right text
      // has a euro sign behind `â`.
      if lead == 0xE2, k == 2, value == 0x80, Windows1252.byte(of: scalar.value)?.isUTF8Continuation != true {
        let isLost = scalar.value == 0xFFFD
        return Sequence(lead: lead, value: 0x201D, end: isLost ? end + scalar.count : end, looksOrdinary: false)
      }
      guard let byte = Windows1252.byte(of: scalar.value), byte.isUTF8Continuation else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
      end += scalar.count
      if !isOrdinaryMark(scalar.value, behind: lead) { looksOrdinary = false }
    }
    let smallest: UInt32 = count == 2 ? 0x80 : count == 3 ? 0x800 : 0x1_0000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return nil }
    return Sequence(lead: lead, value: value, end: end, looksOrdinary: looksOrdinary)
  }

  private func isOrdinaryMark(_ value: UInt32, behind lead: UInt8) -> Bool {
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
    // `â€…`: general punctuation and currency; no right text has a euro sign behind `â`.
    case 0xE2: return sequence.value >> 12 == 2 && (sequence.value < 0x2100 || !sequence.looksOrdinary)
    case 0xF0: return true
    default: return !sequence.looksOrdinary || (inWord && sequence.lead < 0xE0)
    }
  }

  /// A lone C1 control is a character of Windows-1252 that was read as Latin-1: `don\u{92}t`.
  private func repairControl(_ text: Swift.Span<UInt8>, at start: Int, _ edits: inout TextEdits) {
    let byte = text.byte(start + 1)
    guard text[start] == 0xC2, byte < 0xA0, let scalar = Windows1252.scalar(of: byte) else { return }
    // U+0085 is also "next line".
    if byte == 0x85, !text.scalar(before: start).isLetter { return }
    var bytes: [UInt8] = []
    bytes.append(scalar: scalar)
    edits.replace(Span(start, start + 2), with: bytes)
  }
}
