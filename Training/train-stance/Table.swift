import StanceScoring

/// The table while it learns: who has which row, and what each slot weighs.
struct Table {
  /// The key that has each row, by the row's first slot.
  private var owners: [Int: StanceTable.Key] = [:]
  /// Two weights each: of the slots, and of what is learned with them.
  var weights = [Float](repeating: 0, count: 2 * StanceTable.learned)
  var bias: [Float] = [0, 0]
  /// What is seen less often has no row: text to come would not have it, and the model must not count on it.
  private static let leastOfWord = 2
  private static let leastOfPair = 3

  /// Gives the rows of each line to the keys that are seen most often; the others go without.
  init(_ samples: [Sample]) {
    var counts: [StanceTable.Key: Int] = [:]
    for sample in samples { for key in sample.keys { counts[key, default: 0] += 1 } }
    let byCount = counts.sorted { ($1.value, $0.key.line, $0.key.check) < ($0.value, $1.key.line, $1.key.check) }
    for (key, count) in byCount where count >= (key.isWord ? Self.leastOfWord : Self.leastOfPair) {
      let rows = (0..<key.rowsPerLine).map { Int(key.line) + $0 * key.lanes }
      if let free = rows.first(where: { owners[$0] == nil }) { owners[free] = key }
    }
    print("\(owners.count) rows of \(counts.count) words and pairs")
  }

  /// The compact form, weights rounded to 255 steps: see `StanceModel`.
  var compact: [UInt8] {
    func folded(_ slot: Int, _ side: Int) -> Float {
      guard StanceTable.isWeight(slot) else { return 0 }
      return weights[2 * slot + side] + (StanceTable.shared(with: slot).map { weights[2 * $0 + side] } ?? 0)
    }
    let all = (0..<2 * StanceTable.slots).map { folded($0 / 2, $0 % 2) }
    let largest = all.reduce(0) { max($0, abs($1)) }
    let step = largest > 0 ? largest / 127 : 1
    var bytes: [UInt8] = []
    for value in [step, bias[0], bias[1]] {
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * shift))) }
    }
    bytes += repeatElement(0, count: StanceModel.head - bytes.count)
    for weight in all { bytes.append(UInt8(bitPattern: Int8((weight / step).rounded()))) }
    for (first, key) in owners {
      let at = StanceModel.head + 2 * (first + key.lanes - 1)
      bytes[at] = UInt8(truncatingIfNeeded: key.check)
      bytes[at + 1] = UInt8(key.check >> 8)
    }
    return bytes
  }
}
