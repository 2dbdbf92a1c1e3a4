internal import CLibYAML

/// The events of one YAML stream, from libyaml. Safe: its pointers are its own and never leave it.
@safe struct YAMLEvents: ~Copyable {
  /// Line and column from 0; columns in code points.
  struct Mark: Sendable {
    var line: Int
    var column: Int
  }

  struct Event: Sendable {
    var kind: Kind
    var start: Mark
    var end: Mark
  }

  enum Kind: Sendable {
    case streamStart, streamEnd, documentStart, documentEnd, listEnd, mapEnd
    case alias(String)
    case scalar(String, isPlain: Bool, Properties)
    case listStart(Properties)
    case mapStart(Properties)
  }

  /// What can stand before a node: `&anchor` and `!tag`.
  struct Properties: Sendable {
    var anchor: String?
    var tag: String?
  }

  /// What libyaml found wrong, in its own words.
  struct Failure: Error {
    var problem: String
    var mark: Mark
    var context: String?
    var contextMark: Mark
    /// The byte of the file, where the input could not even be read as characters.
    var byteOffset: Int?
  }

  // Both live until `deinit`: libyaml keeps the address of the parser's parts, and reads from `input` as it goes.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// The events of `bytes`, which must be valid UTF-8; `nil` where there is no memory.
  init?(_ bytes: [UInt8]) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      return nil
    }
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = unsafe input.initialize(from: bytes)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    unsafe self.parser = parser
    unsafe self.input = input
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event. Not to be called again after `.streamEnd` or a failure.
  mutating func next() throws(Failure) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe Event(kind: Self.kind(of: event), start: Mark(event.start_mark), end: Mark(event.end_mark))
  }

  private static func kind(of event: yaml_event_t) -> Kind {
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_MAPPING_END_EVENT: return .mapEnd
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_ALIAS_EVENT: return unsafe .alias(String(yaml: event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length),
        as: UTF8.self)
      return unsafe .scalar(
        text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, Properties(scalar.anchor, scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      return unsafe .listStart(Properties(event.data.sequence_start.anchor, event.data.sequence_start.tag))
    case YAML_MAPPING_START_EVENT:
      return unsafe .mapStart(Properties(event.data.mapping_start.anchor, event.data.mapping_start.tag))
    default: return .streamEnd
    }
  }

  private var failure: Failure {
    let state = unsafe parser.pointee
    let isReading = unsafe state.error == YAML_READER_ERROR
    return unsafe Failure(
      problem: state.problem.map { unsafe String(cString: $0) } ?? "out of memory", mark: Mark(state.problem_mark),
      context: state.context.map { unsafe String(cString: $0) }, contextMark: Mark(state.context_mark),
      byteOffset: isReading ? Int(clamping: state.problem_offset) : nil)
  }
}

extension YAMLEvents.Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(clamping: mark.line), column: Int(clamping: mark.column))
  }
}

extension YAMLEvents.Properties {
  fileprivate init(_ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?) {
    unsafe self.init(anchor: String(yaml: anchor), tag: String(yaml: tag))
  }
}

extension String {
  /// A string of libyaml's, zero-terminated UTF-8.
  fileprivate init?(yaml text: UnsafeMutablePointer<yaml_char_t>?) {
    guard let text = unsafe text else { return nil }
    unsafe self.init(cString: text)
  }
}
