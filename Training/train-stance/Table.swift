import StanceScoring

/// The table while it is made: who has which row.
struct Table {
  /// The key that has each row, by the row's first slot.
  private var owners: [Int: StanceTable.Key] = [:]
  /// What is seen less often, and has no vector, has no row: text to come would not have it, and the model must not count
  /// on it.
  private static let least = 2

  /// Gives the rows of each line to the keys that are seen most often, then to words with a vector; the others go without.
  init(_ samples: [Sample], _ vectors: WordVectors) {
    var counts: [StanceTable.Key: Int] = [:]
    for sample in samples { for key in Set(sample.keys) { counts[key, default: 0] += 1 } }
    let byCount = counts.sorted { ($1.value, $0.key.line, $0.key.check) < ($0.value, $1.key.line, $1.key.check) }
    let seen = byCount.prefix { $0.value >= Self.least }.map(\.key)
    let wanted = seen + vectors.words.filter { counts[$0, default: 0] < Self.least }
    for key in wanted {
      let rows = (0..<key.kind.rowsPerLine).map { Int(key.line) + $0 * key.kind.lanes }
      if let free = rows.first(where: { owners[$0] == nil }) { owners[free] = key }
    }
    print("\(owners.count) rows for \(wanted.count) words, pairs and patterns")
  }

  /// Whose row begins at a slot.
  func owner(ofRow slot: Int) -> StanceTable.Key? { owners[slot] }

  /// The compact form: see `StanceModel`. Weights are rounded to 255 steps.
  ///
  /// - Parameters:
  ///   - weight: What a slot or a feature of the balance adds on a side, 0 being favor.
  ///   - bias: What each side begins with.
  func compact(bias: [Float], weight: (_ slot: Int, _ side: Int) -> Float) -> [UInt8] {
    var slots = [Float](repeating: 0, count: 2 * StanceTable.slots)
    var largest: [Float] = [0, 0]
    for slot in 0..<StanceTable.slots where StanceTable.isWeight(slot) {
      for side in 0..<2 {
        slots[2 * slot + side] = weight(slot, side)
        let kind = StanceTable.isPattern(slot) ? 1 : 0
        largest[kind] = max(largest[kind], abs(slots[2 * slot + side]))
      }
    }
    let steps = largest.map { $0 > 0 ? $0 / 127 : 1 }
    var bytes: [UInt8] = []
    var head = steps + bias
    for slot in StanceTable.balance..<StanceTable.balance + StanceTable.balanceCount {
      head += [weight(slot, 0), weight(slot, 1)]
    }
    for value in head {
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * shift))) }
    }
    bytes += repeatElement(0, count: StanceModel.head - bytes.count)
    for (i, weight) in slots.enumerated() {
      let step = steps[StanceTable.isPattern(i / 2) ? 1 : 0]
      bytes.append(UInt8(bitPattern: Int8((weight / step).rounded())))
    }
    for (first, key) in owners {
      let at = StanceModel.head + 2 * (first + key.kind.lanes - 1)
      bytes[at] = UInt8(truncatingIfNeeded: key.check)
      bytes[at + 1] = UInt8(key.check >> 8)
    }
    return bytes
  }
}
