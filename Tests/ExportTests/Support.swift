import Export
import Foundation
import Hearsay
import TestSupport

/// A folder for one test, gone with it.
final class Scratch {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Every file in it by its path inside.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      files[name] = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
    return files
  }

  /// Makes the folder hold these files and no others.
  func restore(_ files: [String: [UInt8]]) throws {
    for name in try self.files().keys where files[name] == nil {
      try FileManager.default.removeItem(atPath: path(name))
    }
    for (name, bytes) in files {
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path(name)).deletingLastPathComponent().path, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }
  }
}

/// Documents with findings, from a seed.
func someDocuments(_ count: Int, seed: UInt64, size: Int = 400) -> [Document] {
  var random = SplitMix(seed: seed)
  let words = ["rain", "„Ж“", "said", "\"we\"", "bridge", "vote", "日本", "=1+1", "a,b", "line\nbreak"]
  return (0..<count).map { number in
    var text = ""
    var spans: [Hearsay.Span] = []
    while text.utf8.count < Int.random(in: 1...size, using: &random) {
      let start = text.utf8.count
      text += words.randomElement(using: &random) ?? ""
      spans.append(Span(start, text.utf8.count))
      text += " "
    }
    var metadata: Metadata = ["date": .string("2026-0\(Int.random(in: 1...3, using: &random))-10")]
    if Int.random(in: 0..<4, using: &random) > 0 {
      metadata["source"] = .string(["Wire", "../Ga/zette", "北"].randomElement(using: &random) ?? "")
    }
    var document = Document(id: "d\(number)", text: text, metadata: metadata)
    document[Sentences.self] = spans
    document[Quotes.self] = spans.prefix(Int.random(in: 0...2, using: &random)).enumerated().map {
      Quote(
        id: $0, spans: [$1], kind: .direct, cue: [$1], speaker: Quote.Speaker(spans: [$1], name: "Ann"),
        confidence: 0.5)
    }
    document[Stances.self] = spans.prefix(1).map {
      Stance(
        target: "EU", spans: [$0], holder: "Ann", quote: document[Quotes.self].isEmpty ? nil : 0, sentence: 0,
        label: .favor, score: 0.25, evidence: [$0])
    }
    return document
  }
}

extension Export {
  /// Takes the documents in their turn.
  func take(_ documents: some Sequence<Document>) throws {
    for var document in documents { try process(&document) }
  }
}
