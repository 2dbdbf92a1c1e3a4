import Foundation
import Hearsay
import TestSupport
import Testing

@Suite("JSON is read and written")
struct JSONTests {
  @Test(
    "a valid text",
    arguments: [
      "null", " true ", "[]", "{}", "-0", "0.5e-3", "1E+2", "[1,[2,[3]]]", #"{"a":{"b":[null,false]}}"#, #""""#,
      #""\"\\\/\b\f\n\r\t""#, #""\u00e9\uD83C\uDF88""#, "\"é日🎈\u{7F}\"", #"{"":1," ":2}"#, "\t[\r\n1 ,\n2 ]",
    ])
  func valid(json: String) throws {
    let value = try JSONReader.value(of: Array(json.utf8))
    let oracle = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    let again = try JSONSerialization.jsonObject(with: Data(value.json.utf8), options: .fragmentsAllowed)
    #expect((again as? NSObject) == (oracle as? NSObject))
    #expect(try JSONReader.value(of: Array(value.json.utf8)) == value)
    #expect(try JSONReader.value(of: Array(value.indentedJSON.utf8)) == value)
  }

  @Test(
    "an invalid text",
    arguments: [
      "", " ", "nul", "[1,]", "[1 2]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "01", "-", "1.", ".5", "1e",
      "+1", "NaN", "'a'", #""a"#, #""\x""#, #""\u12""#, "\"\n\"", "\"\u{0}\"", "1 2", "[", "]", "{", "[}", "truefalse",
    ])
  func invalid(json: String) {
    #expect(throws: JSONError.self) { try JSONReader.value(of: Array(json.utf8)) }
    #expect(!isSkipped(Array(json.utf8)))
  }

  /// Whether stepping over the value, in place of reading it, finds nothing wrong.
  func isSkipped(_ json: [UInt8]) -> Bool {
    guard json.isValidUTF8 else { return false }
    var reader = JSONReader(json.span)
    do throws(JSONError) {
      try reader.skipValue()
      try reader.expectEnd()
      return true
    } catch {
      return false
    }
  }

  @Test func halfASurrogateIsReplaced() throws {
    #expect(try JSONReader.value(of: Array(#""a\uD83Cb\uDF88\uD83C\u0041""#.utf8)) == "a\u{FFFD}b\u{FFFD}\u{FFFD}A")
  }

  @Test func nestingIsBounded() {
    #expect(throws: JSONError.self) {
      try JSONReader.value(of: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(throws: Never.self) { try JSONReader.value(of: Array(deep.utf8)) }
  }

  @Test("no mutation makes it trap, and what it takes it reads again alike")
  func fuzz() throws {
    let seed = Array(#"{"id":"a1","text":"é \"q\" \u00e9\ud83c\udf88","n":[-1.5e3,0,true,null],"o":{"k":[]}}"#.utf8)
    var random = SplitMix(seed: 5)
    var taken = 0
    for _ in 0..<6_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(seed[Int.random(in: 0..<seed.count, using: &random)], at: at)
        case 2: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...9, using: &random)))
        default: bytes.remove(at: at)
        }
      }
      _ = try? DocumentDecoder(layers: []).document(from: bytes.span, fallbackID: "x")
      let value = try? JSONReader.value(of: bytes)
      #expect(isSkipped(bytes) == (value != nil))
      guard let value else { continue }
      taken += 1
      #expect(try JSONReader.value(of: Array(value.json.utf8)) == value)
    }
    #expect(taken > 100)
  }

  @Test func stringsOfEveryLengthAndPlaceAreEscaped() throws {
    for length in 0..<20 {
      for special in ["\"", "\\", "\n", "\u{1}", "\u{1F}", "é", "\u{7F}", "/"] {
        for at in 0...length {
          let text = String(repeating: "a", count: at) + special + String(repeating: "b", count: length - at)
          let json = JSONValue.string(text).json
          #expect(try JSONReader.value(of: Array(json.utf8)) == .string(text))
        }
      }
    }
    #expect(JSONValue.string("\"\\\n\r\t\u{1}/").json == #""\"\\\n\r\t\u0001/""#)
  }

  @Test(
    arguments: [
      (0, "0"), (0.5, "0.5"), (-0.25, "-0.25"), (1, "1"), (0.123456, "0.123"), (0.007, "0.007"), (-1.0004, "-1"),
      (12.05, "12.05"), (.nan, "null"), (.infinity, "null"), (1e300, "null"),
    ] as [(Double, String)])
  func decimals(value: Double, json: String) {
    var writer = JSONWriter()
    writer.decimal(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
  }

  @Test func integers() {
    var values = [0, 7, -7, Int.max, Int.min]
    var power = 1
    while power < Int.max / 10 {
      power *= 10
      values += [power - 1, power, power + 1, -power, 1 - power]
    }
    for value in values {
      var writer = JSONWriter()
      writer.int(value)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == "\(value)")
    }
  }

  /// Each byte that needs an escape, at each place of a string of each length that steps over words differently.
  @Test func stringsAreEscapedAsAByteAtATimeWould() {
    func plainly(_ text: [UInt8]) -> [UInt8] {
      var json: [UInt8] = [UInt8(ascii: "\"")]
      for byte in text {
        switch byte {
        case 0x22: json += Array(#"\""#.utf8)
        case 0x5C: json += Array(#"\\"#.utf8)
        case 0x0A: json += Array(#"\n"#.utf8)
        case 0x0D: json += Array(#"\r"#.utf8)
        case 0x09: json += Array(#"\t"#.utf8)
        case 0..<0x20: json += Array((byte < 16 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
        default: json.append(byte)
        }
      }
      return json + [UInt8(ascii: "\"")]
    }
    func expectSame(_ text: [UInt8]) {
      var writer = JSONWriter(capacity: 1)
      writer.string(text.span)
      writer.int(1)
      #expect(writer.bytes == plainly(text) + Array(",1".utf8))
    }
    for length in 0...40 {
      for place in 0..<max(length, 1) {
        var text = [UInt8](repeating: 0x61, count: length)
        if place < length { text[place] = [0x22, 0x5C, 0x0A, 0x1F, 0x20, 0x7F, 0x21, 0x23, 0x5B, 0x5D][place % 10] }
        expectSame(text)
      }
    }
    var random = SplitMix(seed: 11)
    for _ in 0..<400 {
      let most: UInt8 = [0x20, 0x60, 0xFF].randomElement(using: &random) ?? 0
      expectSame((0..<Int.random(in: 0...900, using: &random)).map { _ in UInt8.random(in: 0...most, using: &random) })
    }
  }
}

@Suite("Fast paths over bytes do what slow ones do")
struct ByteScanTests {
  @Test("the first byte that is not UTF-8")
  func validation() {
    var random = SplitMix(seed: 11)
    let pieces = [
      "a", "words of ASCII, many of them ", "é", "“", "日", "🎈", "\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}",
    ]
    for round in 0..<4000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
      }
      if round % 4 > 0, !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch round % 3 {
        case 0: bytes[at] = UInt8.random(in: 0x80...0xFF, using: &random)
        case 1: bytes.remove(at: at)
        default: bytes.insert([0xC0, 0xED, 0xA0, 0xF4, 0x90, 0xFF, 0xE0, 0x80][round % 8], at: at)
        }
      }
      var oracle: Int?
      do { _ = try UTF8Span(validating: bytes.span) } catch { oracle = error.byteOffsets.lowerBound }
      #expect(bytes.span.offsetOfInvalidUTF8 == oracle, "\(bytes)")
    }
  }

  @Test("strings with escapes at every distance from a word's end")
  func strings() throws {
    var random = SplitMix(seed: 12)
    let pieces = ["\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83c\\udf88", "\\/", "é", "x", "plain text of some length"]
    for _ in 0..<3000 {
      let content = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      let json = "\"\(content.joined())\""
      let oracle = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
      let bytes = Array((json + " ").utf8)
      var reader = JSONReader(bytes.span)
      #expect(try String(decoding: reader.stringBytes(), as: UTF8.self) == oracle)
      #expect(reader.position == json.utf8.count)
      var skipping = JSONReader(bytes.span)
      try skipping.skipValue()
      #expect(skipping.position == json.utf8.count)
    }
  }
}
