import HearsayText
import TestSupport
import Testing

@Suite("Keys are numbered in the order in which they are seen")
struct KeyIndexTests {
  @Test func itNumbersAsADictionaryWould() {
    var random = SplitMix(seed: 7)
    var index = InternTable()
    var numbers: [UInt64: Int] = [:]
    for _ in 0..<5000 {
      let key = UInt64.random(in: 0..<1500, using: &random) << UInt64.random(in: 0..<40, using: &random)
      let expected = numbers[key] ?? numbers.count
      numbers[key] = expected
      #expect(index.insert(key) == expected)
      #expect(index.index(of: key) == expected)
    }
    #expect(index.keys.count == numbers.count)
    #expect(index.index(of: .max) == nil)
  }
}
