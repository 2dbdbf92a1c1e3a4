/// Where each piece of an edited text came from: the runs of bytes that were kept as they were.
///
/// What lies between two kept runs was inserted, removed or replaced. Offsets are bytes.
public struct OffsetMap: Hashable, Sendable {
  /// Bytes `output..<output + count` of the edited text are bytes `input..<input + count` of the source.
  public struct Run: Hashable, Sendable {
    public var output: Int
    public var input: Int
    public var count: Int

    public init(output: Int, input: Int, count: Int) {
      self.output = output
      self.input = input
      self.count = count
    }
  }

  /// In order, not overlapping, none empty, on both sides.
  public private(set) var runs: [Run] = []
  /// The source's length.
  public private(set) var inputCount: Int
  /// The edited text's length.
  public private(set) var outputCount: Int

  /// The map of a text of `count` bytes onto itself.
  public init(identity count: Int) {
    inputCount = count
    outputCount = count
    if count > 0 { runs = [Run(output: 0, input: 0, count: count)] }
  }

  /// A map from runs in order. Runs that touch on both sides are joined; a run out of order is left out.
  public init(inputCount: Int, outputCount: Int, runs: some Sequence<Run>) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    for run in runs { append(run) }
  }

  /// Whether nothing was changed.
  public var isIdentity: Bool {
    inputCount == outputCount
      && (inputCount == 0 || runs == [Run(output: 0, input: 0, count: inputCount)])
  }

  private mutating func append(_ run: Run) {
    guard run.count > 0 else { return }
    if let last = runs.last {
      guard last.output + last.count <= run.output, last.input + last.count <= run.input else { return }
      if last.output + last.count == run.output, last.input + last.count == run.input {
        runs[runs.count - 1].count += run.count
        return
      }
    }
    runs.append(run)
  }

  /// The span of the source that `span` of the edited text came from. Where an end falls into text that was inserted
  /// or replaced, the whole of what it replaced is taken in.
  ///
  /// - Complexity: O(log runs).
  public func source(of span: Span) -> Span {
    let start = sourceStart(span.start)
    return Span(start, span.isEmpty ? start : max(start, sourceEnd(span.end)))
  }

  private func sourceStart(_ offset: Int) -> Int {
    let after = runs.partitioningIndex { $0.output > offset }
    guard after > 0 else { return 0 }
    let run = runs[after - 1]
    return run.input + min(offset - run.output, run.count)
  }

  private func sourceEnd(_ offset: Int) -> Int {
    // The first run that reaches to the last byte of the span, or lies after it.
    let next = runs.partitioningIndex { $0.output + $0.count >= offset }
    guard next < runs.count else { return inputCount }
    let run = runs[next]
    return run.output < offset ? run.input + (offset - run.output) : run.input
  }

  /// The map from this map's source to the output of `next`, whose source is this map's output.
  ///
  /// - Complexity: O(runs of both).
  public func followed(by next: OffsetMap) -> OffsetMap {
    var joined = OffsetMap(inputCount: inputCount, outputCount: next.outputCount, runs: [])
    var i = 0
    for later in next.runs {
      let end = later.input + later.count
      while i < runs.count, runs[i].output + runs[i].count <= later.input { i += 1 }
      var k = i
      while k < runs.count, runs[k].output < end {
        let from = max(runs[k].output, later.input)
        let to = min(runs[k].output + runs[k].count, end)
        joined.append(
          Run(
            output: later.output + from - later.input, input: runs[k].input + from - runs[k].output, count: to - from))
        k += 1
      }
    }
    return joined
  }

  /// The map from the edited text back to its source, for carrying spans of the source forward.
  public var inverted: OffsetMap {
    OffsetMap(
      inputCount: outputCount, outputCount: inputCount,
      runs: runs.map { Run(output: $0.input, input: $0.output, count: $0.count) })
  }

  /// The span of the edited text that `span` of the source became: the kept bytes of it and what lies between them.
  /// Empty where none was kept.
  func output(of span: Span) -> Span {
    let first = runs.partitioningIndex { $0.input + $0.count > span.start }
    let last = runs.partitioningIndex { $0.input >= span.end } - 1
    guard first < runs.count, last >= first else {
      return Span(first < runs.count ? runs[first].output : outputCount, 0)
    }
    let start = runs[first].output + max(0, span.start - runs[first].input)
    let end = runs[last].output + min(runs[last].count, span.end - runs[last].input)
    return Span(start, end)
  }
}
