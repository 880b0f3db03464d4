package teach

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// answers are the dances and ensembles that have been or are being worked out.
// A class asks for the same ones, and the same input gives the same bytes, so
// each is worked out once.
type answers struct {
	mu    sync.Mutex
	byKey map[string]*answer
	old   []string // keys of the finished ones, the one longest unused first
	bytes int      // of the finished ones
}

// answer is an ensemble line by line, or a dance, compressed, as its only line.
type answer struct {
	key     string
	lines   [][]byte
	done    bool
	err     error         // why it ended early
	changed chan struct{} // closed when there is more, and made anew
	readers int
	cancel  context.CancelFunc
}

func newAnswers() *answers { return &answers{byKey: map[string]*answer{}} }

// join returns the answer with that key for reading, and begins to work it out
// unless it is there. Work gets a function that takes each line; its context
// ends when nobody reads any more. The reader must leave.
func (as *answers) join(ctx context.Context, key string, work func(context.Context, func([]byte)) error) *answer {
	as.mu.Lock()
	defer as.mu.Unlock()
	a := as.byKey[key]
	if a == nil {
		a = &answer{key: key, changed: make(chan struct{})}
		ctx, a.cancel = context.WithCancel(ctx)
		as.byKey[key] = a
		go func() {
			as.finish(a, guarded(func() error { return work(ctx, func(line []byte) { as.add(a, line) }) }))
		}()
	}
	a.readers++
	return a
}

func (as *answers) add(a *answer, line []byte) {
	as.mu.Lock()
	defer as.mu.Unlock()
	a.lines = append(a.lines, line)
	close(a.changed)
	a.changed = make(chan struct{})
}

// finish marks the end, and keeps the answer when it is a whole one.
func (as *answers) finish(a *answer, err error) {
	as.mu.Lock()
	defer as.mu.Unlock()
	a.done, a.err = true, err
	a.cancel()
	close(a.changed)
	if as.byKey[a.key] != a {
		return // nobody waited for it any more
	}
	if err != nil {
		delete(as.byKey, a.key)
		return
	}
	as.old = append(as.old, a.key)
	as.bytes += a.size()
	for len(as.old) > mostAnswers || as.bytes > mostAnswersBytes && len(as.old) > 1 {
		as.bytes -= as.byKey[as.old[0]].size()
		delete(as.byKey, as.old[0])
		as.old = as.old[1:]
	}
}

func (a *answer) size() (n int) {
	for _, l := range a.lines {
		n += len(l)
	}
	return n
}

// leave ends a reader's interest. What nobody waits for is given up.
func (as *answers) leave(a *answer) {
	as.mu.Lock()
	defer as.mu.Unlock()
	a.readers--
	if a.done || a.readers > 0 {
		return
	}
	a.cancel()
	delete(as.byKey, a.key)
}

// next returns line k, waiting for it. There is none when done is true; err
// then says whether that is the proper end.
func (as *answers) next(ctx context.Context, a *answer, k int) (line []byte, done bool, err error) {
	for {
		as.mu.Lock()
		if k < len(a.lines) {
			defer as.mu.Unlock()
			as.use(a)
			return a.lines[k], false, nil
		}
		done, err, changed := a.done, a.err, a.changed
		as.mu.Unlock()
		if done {
			return nil, true, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, true, ctx.Err()
		}
	}
}

// use makes an answer the last to be forgotten.
func (as *answers) use(a *answer) {
	if k := slices.Index(as.old, a.key); k >= 0 && as.byKey[a.key] == a {
		as.old = append(slices.Delete(as.old, k, k+1), a.key)
	}
}

// guarded makes an error of a panic: a defect ends one answer, not the lesson.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v; this is a defect of epgsim, please report it with the scenario", p)
		}
	}()
	return f()
}
