import Foundation
internal import Hearsay
import HearsayText

/// Unicode normalization form C: an accent that stands as a character of its own joins its letter.
///
/// A text's code points are checked by Unicode's quick check (UAX #15, section 9), and only a short run around one that
/// fails it is normalized.
struct Normalization: Sendable {
  /// Ranges of code points that form C may change, in order.
  private var doubtful: [ClosedRange<UInt32>] = []
  /// A longer run is left alone: no text has one, and sorting its marks could take quadratic time.
  private static let longestRun = 512

  init(_ resource: [UInt8]) {
    for line in dataLines(resource) {
      let ends = line.split(separator: 0x20).compactMap { UInt32(String(decoding: $0, as: UTF8.self), radix: 16) }
      if ends.count == 2, ends[0] <= ends[1] { doubtful.append(ends[0]...ends[1]) }
    }
  }

  func edits(in text: Swift.Span<UInt8>) -> TextEdits {
    var edits = TextEdits()
    /// Where what was looked at ended.
    var end = 0
    /// Where the last code point began that later marks may belong to.
    var starter = 0
    var lastClass: UInt8 = 0
    text.forEachNonASCII(withCommonPunctuation: false) { i in
      guard i >= end else { return }
      if i > end {
        starter = i - text.scalar(before: i).count
        lastClass = 0
      }
      let scalar = text.scalar(at: i)
      end = i + scalar.count
      if isQuiet(text[i], text.byte(i + 1)) {
        starter = i
        lastClass = 0
        return
      }
      let combiningClass = Unicode.Scalar(scalar.value)?.properties.canonicalCombiningClass.rawValue ?? 0
      if isDoubtful(scalar.value) || (combiningClass != 0 && combiningClass < lastClass) {
        end = endOfRun(text, from: i)
        compose(text, starter..<end, &edits)
        lastClass = 0
        return
      }
      if combiningClass == 0 { starter = i }
      lastClass = combiningClass
    }
    return edits
  }

  /// Whether no code point with these first bytes can fail the check: all that are usual in news of Latin script.
  private func isQuiet(_ lead: UInt8, _ second: UInt8) -> Bool {
    switch lead {
    case ..<0xCC: return true  // up to U+02FF
    case 0xD0, 0xD1: return true  // Cyrillic
    // General punctuation (its two quads are white space, not ours to repair), currency, boxes and dingbats.
    case 0xE2: return second == 0x80 || second == 0x82 || (0x94..<0xAB).contains(second)
    case 0xE4...0xE9: return true  // Han
    case 0xEB, 0xEC: return true  // Hangul
    case 0xF0: return second == 0x9F  // emoji
    default: return false
    }
  }

  private func isDoubtful(_ value: UInt32) -> Bool {
    var low = 0
    var high = doubtful.count
    while low < high {
      let middle = (low + high) / 2
      if doubtful[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < doubtful.count && doubtful[low].contains(value)
  }

  /// The run goes on over marks and all that may join what is before it.
  private func endOfRun(_ text: Swift.Span<UInt8>, from start: Int) -> Int {
    var end = start + text.scalar(at: start).count
    while end < text.count, text[end] >= 0xCC {
      let scalar = text.scalar(at: end)
      let combiningClass = Unicode.Scalar(scalar.value)?.properties.canonicalCombiningClass ?? .notReordered
      guard combiningClass != .notReordered || isDoubtful(scalar.value) else { break }
      end += scalar.count
    }
    return end
  }

  private func compose(_ text: Swift.Span<UInt8>, _ run: Range<Int>, _ edits: inout TextEdits) {
    guard run.count <= Self.longestRun else { return }
    var bytes: [UInt8] = []
    for k in run { bytes.append(text[k]) }
    let composed = Array(String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
    if composed != bytes { edits.replace(Span(run), with: composed) }
  }
}
