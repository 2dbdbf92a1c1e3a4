public import Hearsay

/// Reads one YAML document into nodes that know where they stand.
///
/// Keys are scalars and unique, aliases and nesting are bounded, merge keys (`<<`) and tags of other programs are
/// refused.
public struct YAMLReader: Sendable {
  /// How deep lists and maps may stand in each other.
  public static let maximumDepth = 64
  /// How many values and keys a file may have, each alias counted as the whole that it stands for.
  public static let maximumNodes = 100_000
  /// The longest file, in bytes.
  public static let maximumBytes = 8 << 20

  /// The name that places show.
  public let file: String

  public init(file: String) { self.file = file }

  /// Reads `bytes`. All that is wrong is added to `diagnostics`.
  ///
  /// - Returns: `nil` where the file is no YAML document at all, or holds nothing.
  public func node(of bytes: [UInt8], _ diagnostics: inout [Diagnostic]) -> ConfigNode? {
    let bom: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: bom) ? Array(bytes.dropFirst(bom.count)) : bytes
    guard bytes.count <= Self.maximumBytes else {
      diagnostics.append(Diagnostic(.tooLong(Self.maximumBytes), at: SourcePlace(file: file)))
      return nil
    }
    var lines = SourceLines(file: file, bytes: bytes)
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      diagnostics.append(Diagnostic(.notUTF8, at: lines.place(ofByte: error.byteOffsets.lowerBound)))
      return nil
    }
    guard let events = YAMLEvents(bytes) else {
      diagnostics.append(Diagnostic(.noMemory, at: SourcePlace(file: file)))
      return nil
    }
    var composer = YAMLComposer(events: events, lines: lines)
    do {
      let node = try composer.document()
      diagnostics += composer.diagnostics
      return node
    } catch {
      diagnostics += composer.diagnostics + [error]
      return nil
    }
  }
}

extension Diagnostic.Message {
  static func tooLong(_ bytes: Int) -> Self { Self("the file is longer than \(bytes >> 20) MB") }
  static var notUTF8: Self { Self("not valid UTF-8; save the file as UTF-8") }
  static var noMemory: Self { Self("not enough memory to read the file") }
}
