import HearsayText

/// What stands within a pair of double quotation marks, in tokens.
struct QuotationSpan {
  /// The tokens of the marks; where the closing mark is missing, `close` is one after the last token.
  var open: Int
  var close: Int
  /// Whether the closing mark is there.
  var isClosed: Bool
  /// Whether it continues in the next paragraph, which opens with a mark again.
  var continues = false

  var content: Range<Int> { open + 1..<max(open + 1, close) }
  /// One after the last token, the closing mark included.
  var endToken: Int { isClosed ? close + 1 : close }
  /// Whether its end is known.
  var isWhole: Bool { isClosed || continues }
}

extension [QuotationSpan] {
  /// The indices of a quotation and of those that continue it, one for each paragraph.
  func run(from index: Int) -> Range<Int> {
    var last = index
    while self[last].continues, last + 1 < count { last += 1 }
    return index..<last + 1
  }

  /// The first in `range` that ends at or after the token; the end of `range` where none does.
  func firstIndex(endingFrom token: Int, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if self[middle].close >= token { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The first that ends at or after the token.
  func firstIndex(endingFrom token: Int) -> Int { firstIndex(endingFrom: token, in: indices) }

  /// The quotation whose opening mark is the token.
  func opened(at token: Int) -> QuotationSpan? {
    let index = firstIndex(endingFrom: token)
    return indices.contains(index) && self[index].open == token ? self[index] : nil
  }

  /// Whether the token stands within one of the quotations in `range`, marks included.
  func encloses(_ token: Int, in range: Range<Int>) -> Bool {
    let index = firstIndex(endingFrom: token, in: range)
    guard range.contains(index), self[index].open <= token else { return false }
    return self[index].isClosed || token < self[index].close
  }
}
