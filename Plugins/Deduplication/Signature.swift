import Hearsay

/// A text in a quarter of a kilobyte: a hash of all its words, and a MinHash of its runs of words.
///
/// Of two signatures, the share of places at which they are equal estimates the share of runs that their texts have in
/// common (the Jaccard index), give or take 4 %.
public struct Signature: Sendable {
  /// A run of words has this many.
  static let runLength = 5
  /// A power of two.
  static let places = 128

  /// A hash of all words in their order; `nil` where there are none.
  let exact: UInt64?
  /// The least hash in each of `places` parts of the runs, cut to 16 bits.
  let minima: [UInt16]

  /// The signature of a text of UTF-8.
  ///
  /// - Complexity: O(bytes), one hash a run (one permutation hashing; empty places borrow from others).
  init(of text: Swift.Span<UInt8>) {
    var least = [UInt64](repeating: .max, count: Self.places)
    var words = WordHashes()
    // The hashes of the last words; a text with fewer than a run has one run of all that there are.
    var recent = (UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    var all: UInt64 = 0
    var count = 0
    while let word = words.next(in: text) {
      recent = (recent.1, recent.2, recent.3, recent.4, word)
      all = mixed(all &* 31 &+ word)
      count += 1
      if count >= Self.runLength {
        let run = (((recent.0 &* 31 &+ recent.1) &* 31 &+ recent.2) &* 31 &+ recent.3) &* 31 &+ recent.4
        Self.add(mixed(run), to: &least)
      }
    }
    if count > 0, count < Self.runLength { Self.add(all, to: &least) }
    exact = count > 0 ? all : nil
    minima = count > 0 ? Self.filled(least) : []
  }

  private static func add(_ hash: UInt64, to least: inout [UInt64]) {
    let place = Int(truncatingIfNeeded: hash & UInt64(places - 1))
    least[place] = min(least[place], hash)
  }

  /// The minima in 16 bits. A place without a run takes that of another, chosen by a hash of the place alone, so that
  /// equal sets are filled equally.
  private static func filled(_ least: [UInt64]) -> [UInt16] {
    least.indices.map { place in
      var value = least[place]
      var attempt: UInt64 = 0
      while value == .max {
        attempt += 1
        value = least[Int(truncatingIfNeeded: mixed(UInt64(place) &+ attempt &<< 32) & UInt64(places - 1))]
      }
      return UInt16(truncatingIfNeeded: mixed(value &+ attempt) >> 48)
    }
  }

  /// At how many places the two are equal.
  func agreement(with other: [UInt16]) -> Int {
    var equal = 0
    for place in 0..<min(minima.count, other.count) where minima[place] == other[place] { equal += 1 }
    return equal
  }
}

/// Spreads a number's bits over all 64 (the finalizer of SplitMix64).
func mixed(_ number: UInt64) -> UInt64 {
  var z = number &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
  return z ^ z >> 31
}
