/// One text with all that the stages found in it.
///
/// `text` is one buffer of valid UTF-8. Layers (`document[Sentences.self]`) are arrays of elements whose spans are byte
/// offsets into it. Where a stage edits the text, `offsetMap` keeps the way back to the raw input, and the layers
/// that the document already carries move along.
public struct Document: Sendable {
  /// What `text` holds.
  public enum Content: String, Sendable, Hashable {
    /// Running text.
    case text
    /// A page's markup, for `clean` to reduce to its text.
    case html
  }

  /// Unique in the stream. Where the input names none: the input's path, with `#N` for record N.
  public var id: String
  /// What the text is.
  public private(set) var content: Content
  /// The text as bytes of valid UTF-8.
  public private(set) var utf8: [UInt8]
  /// What is known of the document: `title`, `date`, `author`, …, and whatever the input carried.
  public var metadata: Metadata
  /// Members of the input's JSON object that no layer of the catalogue claims, kept as they came.
  public var otherMembers: [(key: String, json: [UInt8])] = []
  /// What a stage reports of its work on this document, for the run's table. The runner reads it after each stage; it is
  /// no part of the document format.
  public var counts = StageCounters()

  private var map: OffsetMap?
  private var layers: [any AnyLayerStorage] = []
  /// See `cached(_:)`.
  var cacheEntries: [any AnyCacheEntry] = []

  /// A document of `utf8`. Bytes that are not valid UTF-8 are replaced by U+FFFD.
  public init(id: String, utf8: [UInt8], content: Content = .text, metadata: Metadata = Metadata()) {
    self.id = id
    self.content = content
    self.metadata = metadata
    self.utf8 = utf8.repairedUTF8
  }

  /// A document of bytes that are known to be valid UTF-8.
  init(id: String, valid utf8: [UInt8], content: Content, metadata: Metadata) {
    self.id = id
    self.content = content
    self.metadata = metadata
    self.utf8 = utf8
  }

  public init(id: String, text: String, content: Content = .text, metadata: Metadata = Metadata()) {
    self.init(id: id, utf8: Array(text.utf8), content: content, metadata: metadata)
  }

  /// The text's bytes, for hot loops.
  public var bytes: Swift.Span<UInt8> {
    @_lifetime(borrow self) get { utf8.span }
  }

  /// The text as a `String`: easy, but a copy of the whole at each call.
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// The characters of `span`; what lies outside the text is left out.
  public func text(in span: Span) -> String {
    let start = min(max(span.start, 0), utf8.count)
    return String(decoding: utf8[start..<min(max(span.end, start), utf8.count)], as: UTF8.self)
  }

  /// The characters of `spans`, a space between the pieces.
  public func text(in spans: SpanList) -> String {
    // Nearly always one.
    spans.count == 1 ? text(in: spans[0]) : spans.map { text(in: $0) }.joined(separator: " ")
  }

  // MARK: Layers

  /// The elements of a layer; none where no stage has written it. See `has(_:)`.
  public subscript<L: Layer>(layer: L.Type) -> [L.Element] {
    get {
      for storage in layers {
        if let storage = storage as? LayerStorage<L> { return storage.elements }
      }
      return []
    }
    set {
      let id = ObjectIdentifier(layer)
      let storage = LayerStorage<L>(elements: newValue)
      if let index = layers.firstIndex(where: { $0.layerID == id }) {
        layers[index] = storage
      } else {
        layers.append(storage)
      }
    }
  }

  /// Whether a stage has written the layer, be it empty.
  public func has(_ layer: any Layer.Type) -> Bool {
    let id = ObjectIdentifier(layer)
    return layers.contains { $0.layerID == id }
  }

  /// Removes the layer.
  public mutating func remove(_ layer: any Layer.Type) {
    let id = ObjectIdentifier(layer)
    layers.removeAll { $0.layerID == id }
  }

  /// The layers that the document carries, in the order in which they were first written.
  public var layerTypes: [any Layer.Type] { layers.map(\.layer) }

  /// The spans of a layer's elements, a list for each element; of a part of them where it is named.
  public func spans(of layer: any Layer.Type, part: SpanPart = .element) -> [SpanList] {
    let id = ObjectIdentifier(layer)
    return layers.first { $0.layerID == id }?.spans().first { $0.part == part }?.elements ?? []
  }

  /// Every layer that is not transient, with the spans of each part of its elements.
  var spansOfLayers: [(layer: any Layer.Type, parts: [(part: SpanPart, elements: [SpanList])])] {
    layers.filter { !$0.layer.isTransient }.map { ($0.layer, $0.spans()) }
  }

  /// Writes every layer that is not transient as a member of the JSON object that `json` is in.
  func writeLayers(to json: inout JSONWriter, offsets: CodePointOffsets) throws {
    for storage in layers where !storage.layer.isTransient {
      json.key(named: storage.layer.name)
      try storage.write(of: self, offsets: offsets, to: &json)
    }
  }

  // MARK: Text edits

  /// The map from `text` back to the raw input.
  public var offsetMap: OffsetMap { map ?? OffsetMap(identity: utf8.count) }

  /// The span of the raw input that `span` of the text came from.
  public func sourceSpan(of span: Span) -> Span { map?.source(of: span) ?? span }

  /// Takes the present text as the raw input: the offset map begins anew.
  public mutating func resetProvenance() { map = nil }

  /// A document of one stretch of the text, with what was found wholly within it: what `Disposition.replace` is made of.
  /// It maps back to the same raw input.
  ///
  /// - Parameters:
  ///   - span: In bytes; what lies outside the text is left out.
  ///   - id: The new document's id, unique in the stream: `letters#2`.
  public func part(_ span: Span, id: String) -> Document {
    var part = self
    part.id = id
    let start = min(max(span.start, 0), utf8.count)
    let end = min(max(span.end, start), utf8.count)
    var edits = TextEdits()
    if start > 0 { edits.remove(Span(0, start)) }
    if end < utf8.count { edits.remove(Span(end, utf8.count)) }
    part.apply(edits)
    return part
  }

  /// Carries the edits out. The offset map grows by them and every layer's spans move along; an element that loses a
  /// whole span to the edits is dropped, and so is a transient layer and what stages cached.
  public mutating func apply(_ edits: TextEdits) {
    guard !edits.isEmpty else { return }
    let isValid = edits.keepValidity(of: utf8)
    let (edited, step) = edits.applied(to: utf8)
    setText(isValid ? edited : edited.repairedUTF8, map: step)
  }

  /// Replaces the whole text, with a map from the new text back to the old.
  ///
  /// - Parameters:
  ///   - edited: The new text. Bytes that are not valid UTF-8 are replaced by U+FFFD.
  ///   - step: From `edited` back to the present text; `nil` where no byte of it was kept.
  ///   - content: What the new text is; as before where `nil`.
  public mutating func replaceText(_ edited: [UInt8], map step: OffsetMap?, content: Content? = nil) {
    let step = step ?? OffsetMap(inputCount: utf8.count, outputCount: edited.count, runs: [])
    self.content = content ?? self.content
    setText(edited.repairedUTF8, map: step)
  }

  /// - Parameter edited: Valid UTF-8.
  private mutating func setText(_ edited: [UInt8], map step: OffsetMap) {
    if step.isIdentity, edited.count == utf8.count, edited == utf8 { return }
    layers.removeAll { $0.layer.isTransient }
    cacheEntries.removeAll()
    for index in layers.indices { layers[index].move { step.output(of: $0) } }
    map = map?.followed(by: step) ?? step
    utf8 = edited
  }
}

extension [UInt8] {
  /// Whether the bytes are valid UTF-8.
  public var isValidUTF8: Bool { span.offsetOfInvalidUTF8 == nil }

  /// The same, with U+FFFD for what is not valid.
  fileprivate var repairedUTF8: [UInt8] { isValidUTF8 ? self : Array(String(decoding: self, as: UTF8.self).utf8) }
}
