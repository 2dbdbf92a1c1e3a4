import Hearsay
import HearsayText

/// Sentences beside words that are missing, as the `Warnings` layer marks them.
enum MissingText {
  /// Where words are missing, a sentence ends if what follows begins one, or if what stands before is finished.
  static func breaks(at warning: Warning, in text: Swift.Span<UInt8>) -> [Int] {
    guard warning.kind == "missing_text" else { return [] }
    return warning.spans.flatMap { span in
      guard span.start >= 0, span.end <= text.count, !span.isEmpty else { return [Int]() }
      var next = span.end
      while next < text.count, text[next] == 0x20 { next += 1 }
      var last = span.start
      while last > 0, text[last - 1] == 0x20 { last -= 1 }
      let beginsAnew = next < text.count && text[next] >= UInt8(ascii: "A") && text[next] <= UInt8(ascii: "Z")
      let isFinished =
        last > 0
        && [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\"")].contains(text[last - 1])
      // "… has left. with the mayor": the words before `with` are gone, and what it begins goes on.
      let goesOn = isFinished && text[span.start] >= UInt8(ascii: "a") && text[span.start] <= UInt8(ascii: "z")
      return (isFinished ? [span.start] : []) + (beginsAnew && !goesOn ? [span.end] : [])
    }
  }

  static func split(_ sentences: [Span], at breaks: [Int], in text: Swift.Span<UInt8>) -> [Span] {
    let breaks = breaks.sorted()
    var result: [Span] = []
    result.reserveCapacity(sentences.count + breaks.count)
    var k = 0
    for sentence in sentences {
      var start = sentence.start
      while k < breaks.count, breaks[k] < sentence.end {
        let end = breaks[k]
        k += 1
        guard end > start else { continue }
        var last = end
        while last > start, text[last - 1] == 0x20 { last -= 1 }
        if last > start { result.append(Span(start, last)) }
        start = end
        while start < sentence.end, text[start] == 0x20 { start += 1 }
      }
      if start < sentence.end { result.append(Span(start, sentence.end)) }
    }
    return result
  }
}
