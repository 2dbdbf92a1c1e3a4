internal import Foundation
internal import Hearsay

/// Drives documents through stages: read in order, processed by all workers, committed in order.
///
/// What comes out is the same for any number of workers, and memory is bounded whatever the input.
///
/// ```swift
/// let report = Runner(RunPlan([.init("split-sentences", stage)], inputs: ["news/"])).run()
/// ```
public struct Runner: Sendable {
  private let plan: RunPlan
  private let control: RunControl
  private let observer: RunObserver

  public init(_ plan: RunPlan, control: RunControl = RunControl(), observer: RunObserver = RunObserver()) {
    self.plan = plan
    self.control = control
    self.observer = observer
  }

  /// Runs to the end, and says in the report's `ending` which end that was. Waits for it: call it from a thread that
  /// has nothing else to do.
  public func run() -> RunReport {
    let workers = min(max(plan.workers ?? ProcessInfo.processInfo.activeProcessorCount, 1), 1024)
    let writer = PartWriter(plan)
    let pool = WorkerPool(plan, workers: workers, control: control, observer: observer) { path throws(OutputError) in
      try writer.registerOutput(path, step: nil)
    }
    var totals = BatchQueue.Totals(isDrained: false)
    var opened: [StageStep] = []
    do throws(RunError) {
      if let start = plan.start {
        guard start.fits(steps: plan.steps.count, withState: plan.resumableSteps) else {
          throw RunError(action: .resume, error: StageError("the journal does not fit the pipeline's stages"))
        }
        try pool.resume(from: start)
      }
      if var journal = plan.journal {
        try journal.open(steps: plan.resumableSteps, keeps: plan.start != nil)
        writer.begin(journal)
        pool.use(journal)
      }
      if let start = plan.start { try pool.resumeQuarantine(from: start) }
      for (index, step) in plan.steps.enumerated() {
        try open(step, index, writer)
        opened.append(step)
      }
      totals = pool.work()
      try writeCheckpoint(pool, totals)
    } catch {
      totals.isComplete = false
      // A stage that stopped waiting did what was asked.
      if !control.isStopRequested || !error.isInterruption { pool.fail(error) }
    }
    for step in opened {
      do throws(RunError) {
        try step.attempt(.close(stage: step.label)) {
          try step.stage.close(totals.isComplete ? .finished : .interrupted)
        }
      } catch {
        pool.fail(error)
      }
    }
    return pool.close(totals)
  }

  private func open(_ step: StageStep, _ index: Int, _ writer: PartWriter) throws(RunError) {
    let isResumable = step.stage is any ResumableStage
    var context = StageContext(
      label: step.label, layers: plan.layers, folder: isResumable ? plan.journal?.folder(ofStep: index) : nil
    ) { [message = observer.message] text in
      message(RunObserver.Message(stage: step.label, text: text))
    }
    context.registerOutput = { path throws(OutputError) in try writer.registerOutput(path, step: (index, step.label)) }
    context.registerContinuedOutput = { path throws(OutputError) in
      try writer.registerContinuedOutput(path, step: (index, step.label))
    }
    context.isCancelled = { [control] in control.isStopRequested }
    if let start = plan.start, let stage = step.stage as? any ResumableStage, let state = start.states[index] {
      return try step.attempt(.goOn(stage: step.label)) { try stage.resume(context, from: [UInt8](state)) }
    }
    try step.attempt(.open(stage: step.label)) { try step.stage.open(context) }
  }

  /// Keeps the place of a run that was interrupted, and of one that has only to be closed: that may fail too, or be
  /// cut short between two outputs. A short run leaves no trace.
  private func writeCheckpoint(_ pool: WorkerPool, _ totals: BatchQueue.Totals) throws(RunError) {
    guard plan.journal != nil, totals.isDrained, totals.fatal == nil, pool.hasCheckpoint || !totals.isComplete else {
      return
    }
    var states: [Int: Data] = [:]
    for index in plan.resumableSteps {
      guard let stage = plan.steps[index].stage as? any ResumableStage else { continue }
      states[index] = try stage.state(as: plan.steps[index].label)
    }
    try pool.writeCheckpoint(states, isComplete: totals.isComplete)
  }
}

extension RunPlan {
  /// The indices of the steps whose state a checkpoint has.
  fileprivate var resumableSteps: [Int] { steps.indices.filter { steps[$0].stage is any ResumableStage } }
}

extension StageStep {
  fileprivate func attempt(_ action: RunError.Action, _ work: () throws -> Void) throws(RunError) {
    do {
      try work()
    } catch {
      throw RunError(action: action, error: error)
    }
  }
}
