import {
  matches,
  type FullReply,
  type Handler,
  type Matcher,
  type Reply,
  type SeenRequest,
} from './messages.js';

/** Ends a rule before the test does. */
export type Undo = () => void;

/** How a rule treats a request: an answer, a cut connection, or silence for ever. */
export type Treatment =
  | { readonly kind: 'reply'; readonly handler: Handler }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** A reply whose pieces the test hands out one by one. */
export interface SlowReply {
  write(piece: string): void;
  end(): void;
}

/** Exceptions a test makes from the normal answers; the newest matching one wins. */
export class Rules {
  #rules: { matcher: Matcher; treatment: Treatment }[] = [];

  /** Never answers. */
  hang(matcher: Matcher): Undo {
    return this.#add(matcher, { kind: 'hang' });
  }

  /** Cuts the connection, or answers with an HTTP error. */
  fail(matcher: Matcher, how: 'reset' | number = 'reset'): Undo {
    if (how === 'reset') return this.#add(matcher, { kind: 'reset' });
    return this.answer(matcher, { status: how, body: '' });
  }

  /** Answers with this instead. */
  answer(matcher: Matcher, reply: Reply | Handler): Undo {
    const handler = typeof reply === 'function' ? reply : () => reply;
    return this.#add(matcher, { kind: 'reply', handler });
  }

  /** Answers in pieces, each sent when the test says so. Serves one request. */
  slow(matcher: Matcher, headers: FullReply['headers'] = {}): SlowReply {
    const pieces = new TransformStream<string, string>(undefined, { highWaterMark: 1024 });
    const writer = pieces.writable.getWriter();
    // A browser that gave up closes the reading end; the test may not care.
    const ignore = (): void => undefined;
    this.answer(matcher, () => ({ headers, body: pieces.readable }));
    return {
      write: (piece) => void writer.write(piece).catch(ignore),
      end: () => void writer.close().catch(ignore),
    };
  }

  treatmentOf(request: SeenRequest): Treatment | undefined {
    return this.#rules.findLast(({ matcher }) => matches(matcher, request))?.treatment;
  }

  clear(): void {
    this.#rules = [];
  }

  #add(matcher: Matcher, treatment: Treatment): Undo {
    const rule = { matcher, treatment };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }
}
