/// The documents that were seen last, and where to look for one like another.
///
/// Signatures are cut into bands; texts that are nearly the same agree in at least one whole band. For each band a table
/// keeps the last document by the band's hash, and each document the one before it there, as compressors keep their
/// dictionaries: what has left the window is overwritten, and nothing is ever removed. Memory is fixed by the window.
struct Memory: Sendable {
  /// A document like another.
  struct Match: Hashable {
    var id: String
    var isExact: Bool
  }

  private struct Entry: Sendable {
    var number = -1
    var id = ""
    var exact: UInt64 = 0
    var minima: [UInt16] = []
  }

  /// Texts that share 80 % agree in one of 32 bands of 4 places all but always; those that share 30 %, once in four.
  private static let bandWidth = 4
  private static let bands = Signature.places / bandWidth
  /// A band that many texts share, such as a notice at their end, is followed back so far and no farther.
  private static let mostSteps = 64

  private let window: Int
  private let neededPlaces: Int
  private let takesNear: Bool
  /// The number of the next document to remember, which stands at its remainder by the window.
  private var next = 0
  private var entries: [Entry] = []
  /// `heads[band << bits | hash]`: the last document with that hash; the band of all words comes behind the others.
  private var heads: [Int32] = []
  /// `previous[slot * (bands + 1) + band]`: the one before it.
  private var previous: [Int32] = []
  private let bits: Int

  init(window: Int, similarity: Double) {
    self.window = window
    takesNear = similarity < 1
    neededPlaces = Int((similarity * Double(Signature.places)).rounded(.up))
    // About as many hashes as documents, up to a bound at which chains grow a little instead.
    bits = min(max(Int.bitWidth - window.leadingZeroBitCount, 4), 20)
  }

  /// Looks for a document like this one, the most alike and then the earliest, and remembers it if there is none.
  mutating func remember(_ signature: Signature, id: String) -> Match? {
    guard let exact = signature.exact else { return nil }
    if heads.isEmpty { heads = Array(repeating: -1, count: (Self.bands + 1) << bits) }
    let hashes = bandHashes(signature, exact)
    if let match = find(signature, exact, hashes) { return match }
    let slot = next % window
    let entry = Entry(number: next, id: id, exact: exact, minima: takesNear ? signature.minima : [])
    if slot == entries.count {
      entries.append(entry)
      previous.append(contentsOf: repeatElement(-1, count: Self.bands + 1))
    } else {
      entries[slot] = entry
    }
    for (band, hash) in hashes {
      previous[slot * (Self.bands + 1) + band] = heads[band << bits | hash]
      heads[band << bits | hash] = Int32(truncatingIfNeeded: slot)
    }
    next += 1
    return nil
  }

  private func find(_ signature: Signature, _ exact: UInt64, _ hashes: [(band: Int, hash: Int)]) -> Match? {
    var best: (slot: Int, places: Int, isExact: Bool)?
    for (band, hash) in hashes {
      var slot = Int(heads[band << bits | hash])
      // A slot that was overwritten belongs to a younger document, perhaps of another chain: numbers must fall.
      var last = Int.max
      var steps = 0
      while slot >= 0, entries[slot].number < last, steps < Self.mostSteps {
        let entry = entries[slot]
        if entry.exact == exact { return Match(id: entry.id, isExact: true) }
        if takesNear {
          let places = signature.agreement(with: entry.minima)
          let isBetter = best.map { (places, -entry.number) > ($0.places, -entries[$0.slot].number) } ?? true
          if places >= neededPlaces, isBetter { best = (slot, places, false) }
        }
        last = entry.number
        slot = Int(previous[slot * (Self.bands + 1) + band])
        steps += 1
      }
    }
    return best.map { Match(id: entries[$0.slot].id, isExact: false) }
  }

  /// The bands to look in, that of all words first.
  private func bandHashes(_ signature: Signature, _ exact: UInt64) -> [(band: Int, hash: Int)] {
    let mask = UInt64(1) << UInt64(bits) - 1
    var hashes = [(band: Self.bands, hash: Int(truncatingIfNeeded: mixed(exact) & mask))]
    guard takesNear else { return hashes }
    for band in 0..<Self.bands {
      let hash = signature.minima[band * Self.bandWidth..<(band + 1) * Self.bandWidth]
        .reduce(UInt64(band)) { $0 &* 65_599 &+ UInt64($1) }
      hashes.append((band, Int(truncatingIfNeeded: mixed(hash) & mask)))
    }
    return hashes
  }
}
