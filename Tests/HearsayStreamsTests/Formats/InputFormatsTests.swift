import Hearsay
import Testing

@testable import HearsayStreams

/// A file of a format with two documents, or with one where it cannot hold more.
private struct FormatExample: Sendable {
  var content: String
  var texts: [String]
  /// Whether the format is recognized by the first bytes, without the name.
  var isRecognized = true

  static let all: [String: FormatExample] = [
    "text": FormatExample(content: "one\ntwo\n", texts: ["one\ntwo\n"]),
    "html": FormatExample(content: "<!DOCTYPE html><p>one", texts: ["<!DOCTYPE html><p>one"]),
    "jsonl": FormatExample(content: "{\"text\":\"one\"}\n{\"text\":\"two\"}\n", texts: ["one", "two"]),
    "csv": FormatExample(content: "id,text\n1,one\n2,two\n", texts: ["one", "two"], isRecognized: false),
    "warc": FormatExample(content: webRecord("one") + webRecord("two"), texts: ["one", "two"]),
  ]

  private static func webRecord(_ text: String) -> String {
    "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)\r\n\r\n"
  }
}

@Suite("Every input format of the registry is complete")
struct InputFormatsTests {
  private static func example(of format: InputFormat) throws -> FormatExample {
    try #require(FormatExample.all[format.name], "the format '\(format.name)' has no example here")
  }

  @Test func everyExampleIsOfAFormat() {
    #expect(Set(FormatExample.all.keys) == Set(InputFormats.all.map(\.name)))
  }

  @Test func namesAndExtensionsAreUnique() {
    #expect(Set(InputFormats.names).count == InputFormats.names.count)
    #expect(InputFormats.names.first == InputFormats.automatic)
    let extensions =
      InputFormats.all.flatMap(\.fileExtensions) + DecompressedSource.fileExtensions + ArchiveKind.fileExtensions
    #expect(Set(extensions).count == extensions.count)
    #expect(extensions.allSatisfy { $0 == $0.lowercased() && !$0.contains(".") })
  }

  @Test(arguments: InputFormats.all)
  func aNameHasASummary(_ format: InputFormat) {
    #expect(!format.name.isEmpty && format.name == format.name.lowercased())
    #expect(format.summary.hasSuffix(".") && format.summary.first?.isUppercase == true)
  }

  @Test(arguments: InputFormats.all)
  func theOptionNamesTheFormat(_ format: InputFormat) throws {
    #expect(try InputFormats.format(named: format.name) == format)
  }

  @Test func anUnknownNameIsAnError() throws {
    #expect(try InputFormats.format(named: InputFormats.automatic) == nil)
    let error = #expect(throws: UnknownInputFormat.self) { try InputFormats.format(named: "jsonn") }
    #expect(error?.description == "there is no input format 'jsonn'; did you mean 'jsonl'?")
  }

  @Test(arguments: InputFormats.all)
  func theExtensionNamesTheFormat(_ format: InputFormat) {
    #expect(!format.fileExtensions.isEmpty)
    for name in format.fileExtensions {
      for path in ["a.\(name)", "b.c/a.b.\(name.uppercased())", "a.\(name).gz", "a.\(name).zst", "a.\(name).zstd.GZ"] {
        #expect(InputFormats.format(extensionOf: path) == format, "\(path)")
      }
    }
    #expect(InputFormats.format(extensionOf: "\(format.name)/a") == nil)
  }

  @Test(arguments: InputFormats.all)
  func theFirstBytesNameTheFormat(_ format: InputFormat) throws {
    let example = try Self.example(of: format)
    let bytes = Array(example.content.utf8)
    let recognizing = InputFormats.all.filter { $0.recognizes(bytes.span) }
    let expected = example.isRecognized && format != InputFormats.fallback ? [format] : []
    #expect(recognizing == expected)
    #expect(InputFormats.format(lookingLike: bytes.span) == expected.first ?? InputFormats.fallback)
  }

  @Test("An example is read by its extension, by its first bytes and by the option", arguments: InputFormats.all)
  func anExampleIsRead(_ format: InputFormat) throws {
    let example = try Self.example(of: format)
    let folder = try TemporaryFolder()
    let name = try "a.\(#require(format.fileExtensions.first))"
    try folder.write(name, example.content)
    #expect(folder.read([name]).documents.map(\.text) == example.texts)
    if example.isRecognized {
      try folder.write("plain", example.content)
      #expect(folder.read(["plain"]).documents.map(\.text) == example.texts)
    }
    // The option takes precedence over the extension of another format.
    let other = try #require(InputFormats.all.first { $0 != format }?.fileExtensions.first)
    try folder.write("b.\(other)", example.content)
    let reading = folder.read(["b.\(other)"], InputSettings(format: format))
    #expect(reading.documents.map(\.text) == example.texts)
    #expect(reading.failures.isEmpty)
    #expect(format.hasManyRecords == (example.texts.count > 1))
  }

  @Test("The length of a file says nothing about documents that are packed in it")
  func lengths() throws {
    let folder = try TemporaryFolder()
    for name in ["a.jsonl", "b.txt"] { try folder.write(name, "12345") }
    #expect(InputSettings.byteCount(of: [folder.path]) == 10)
    for name in ["a.warc", "a.WARC.gz", "a.jsonl.zst", "a.txt.zstd", "a.zip", "a.tar", "a.tgz", "a.tar.gz"] {
      try folder.write("packed/\(name)", "12345")
      #expect(InputSettings.byteCount(of: [folder("packed/\(name)")]) == nil, "\(name)")
    }
  }
}
