/// The labels of a frame in the order of their likelihood, those that differ in content.
///
/// Ways back through the scores of a frame, from its last element to its first, leave others aside; the likeliest of all
/// left aside is the next (Soong and Huang, 1991). Where a way comes upon the one that it left, it goes on with that.
struct FrameAlternatives {
  /// Where labels leave those of another way.
  private struct Branch {
    /// How much less likely the labels are than the likeliest, in steps of a weight.
    var loss: Int
    /// The way that they share from behind the element on, or -1.
    var way: Int
    var element: Int
    var label: UInt8
  }

  /// What a way leaves aside, and how much less likely that is than the way.
  private struct Aside {
    var loss: Int16
    var element: UInt8
    var label: UInt8
  }

  /// How much less likely each way is than the likeliest, in steps of a weight.
  private(set) var losses: [Int] = []
  /// `Frame.mostElements` raw labels for each way.
  private var labels: [UInt8] = []
  /// Those not gone yet, the likeliest last.
  private var waiting: [Branch] = []
  /// What the ways leave aside, from the last element to the first, and where those of each begin.
  private var asides: [Aside] = []
  private var starts: [Int] = []
  /// How many ways are wanted, and how much less likely than the first they may be.
  private var most = 0
  private var within = 0

  /// The raw labels of the frame's elements; behind the last stands anything.
  @_lifetime(borrow self)
  func labels(of way: Int) -> Swift.Span<UInt8> {
    labels.span.extracting(way * Frame.mostElements..<(way + 1) * Frame.mostElements)
  }

  /// Finds the likeliest labels of a frame of `count` elements and up to `most` in all, in order, none less likely than
  /// the first by more than `within`, in steps of a weight. Ways that differ in speaker and cue only are not told apart.
  mutating func find(
    _ count: Int, _ nodes: [FrameTagger.Node], _ scores: [FrameTagger.Scores], _ model: QuoteModel,
    most: Int, within: Int
  ) {
    (self.most, self.within) = (most, within)
    losses.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    asides.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    let room = most * Frame.mostElements
    if labels.count < room { labels = Array(repeating: 0, count: room) }
    guard count > 0 else { return }
    let last = scores[count - 1]
    for label in 0..<FrameTagger.labels {
      let loss = Int(last.best) - Int(last[label])
      if loss <= within {
        add(Branch(loss: loss, way: -1, element: count - 1, label: UInt8(truncatingIfNeeded: label)))
      }
    }
    while losses.count < most, let branch = waiting.popLast() { follow(branch, nodes, scores, model) }
  }

  /// Goes the way of a branch and notes what it leaves aside.
  private mutating func follow(
    _ branch: Branch, _ nodes: [FrameTagger.Node], _ scores: [FrameTagger.Scores], _ model: QuoteModel
  ) {
    let way = losses.count
    losses.append(branch.loss)
    starts.append(asides.count)
    let least = Self.trace(branch, to: way, &labels, &asides, nodes.span, scores.span, model, slack: slack(branch.loss))
    if branch.way >= 0 {
      for index in starts[branch.way]..<starts[branch.way + 1] where Int(asides[index].element) < least {
        asides.append(asides[index])
      }
    }
    for index in starts[way]..<asides.count {
      let aside = asides[index]
      guard aside.loss <= slack(branch.loss) else { continue }
      add(
        Branch(loss: branch.loss + Int(aside.loss), way: way, element: Int(aside.element), label: aside.label))
    }
  }

  /// Writes the labels of a branch and what they leave aside, down to where they are those of the way that it left.
  ///
  /// - Returns: The element where they are; 0 where they never are.
  private static func trace(
    _ branch: Branch, to way: Int, _ labels: inout [UInt8], _ asides: inout [Aside],
    _ nodes: Swift.Span<FrameTagger.Node>, _ scores: Swift.Span<FrameTagger.Scores>, _ model: QuoteModel, slack: Int16
  ) -> Int {
    let weights = model.stepsBack.span
    var labels = labels.mutableSpan
    let base = way * Frame.mostElements
    let shared = branch.way * Frame.mostElements
    if branch.way >= 0 { for k in 0..<Frame.mostElements { labels[base + k] = labels[shared + k] } }
    labels[base + branch.element] = branch.label
    var label = Int(branch.label)
    var k = branch.element
    while k > 0 {
      let ways = scores[k - 1] &+ weights[nodes[k].step + label]
      let best = ways.best
      label = 0
      while label + 1 < FrameTagger.labels, ways[label] < best { label += 1 }
      k -= 1
      let near = (ways .>= FrameTagger.Scores(repeating: best &- slack)) .& others[label]
      if any(near) {
        for other in 0..<FrameTagger.labels where near[other] {
          asides.append(
            Aside(
              loss: best &- ways[other], element: UInt8(truncatingIfNeeded: k), label: UInt8(truncatingIfNeeded: other))
          )
        }
      }
      if branch.way >= 0, labels[shared + k] == UInt8(truncatingIfNeeded: label) { return k }
      labels[base + k] = UInt8(truncatingIfNeeded: label)
    }
    return 0
  }

  /// How much less likely than a way of that loss others may be to be wanted.
  @inline(__always)
  private func slack(_ loss: Int) -> Int16 {
    let isFull = waiting.count + losses.count >= most
    return Int16(clamping: (isFull ? min(within, waiting.first?.loss ?? within) : within) - loss)
  }

  /// Notes labels that are left aside.
  private mutating func add(_ branch: Branch) {
    var at = 0
    while at < waiting.count, waiting[at].loss > branch.loss { at += 1 }
    if waiting.count + losses.count < most {
      waiting.append(branch)
      var k = waiting.count - 1
      while k > at {
        waiting[k] = waiting[k - 1]
        k -= 1
      }
      waiting[at] = branch
    } else if at > 0 {
      // The least likely makes room.
      for k in 1..<at { waiting[k - 1] = waiting[k] }
      waiting[at - 1] = branch
    }
  }

  /// For each label those that are other content, or where it is none, that are.
  private static let others: [SIMDMask<FrameTagger.Scores>] = FrameLabel.allCases.map { label in
    func content(_ label: FrameLabel) -> Int { label == .contentBegins ? 1 : label == .content ? 2 : 0 }
    var mask = SIMDMask<FrameTagger.Scores>(repeating: false)
    for other in FrameLabel.allCases { mask[other.rawValue] = content(other) != content(label) }
    return mask
  }
}
