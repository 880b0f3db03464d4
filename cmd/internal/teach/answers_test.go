package teach

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// read reads an answer to its end.
func read(t *testing.T, as *answers, a *answer) (text string, err error) {
	t.Helper()
	defer as.leave(a)
	for k := 0; ; k++ {
		line, done, err := as.next(t.Context(), a, k)
		if done {
			return text, err
		}
		text += string(line)
	}
}

// What many ask for is worked out once, and all see every line of it.
func TestAnswersAreSharedAndKept(t *testing.T) {
	as := newAnswers()
	worked := 0
	gate := make(chan struct{})
	work := func(_ context.Context, line func([]byte)) error {
		worked++
		line([]byte("one "))
		<-gate
		line([]byte("two"))
		return nil
	}
	var readers sync.WaitGroup
	for range 10 {
		a := as.join(t.Context(), "key", work)
		readers.Go(func() {
			if text, err := read(t, as, a); text != "one two" || err != nil {
				t.Errorf("read %q, %v", text, err)
			}
		})
	}
	close(gate)
	readers.Wait()
	if text, err := read(t, as, as.join(t.Context(), "key", work)); text != "one two" || err != nil || worked != 1 {
		t.Errorf("later: %q, %v, worked out %d times", text, err, worked)
	}
}

// Work ends when the last reader leaves, and an answer that failed is tried
// again.
func TestAnswersThatFailAreNotKept(t *testing.T) {
	as := newAnswers()
	ended := make(chan error)
	a := as.join(t.Context(), "key", func(ctx context.Context, _ func([]byte)) error {
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	})
	as.leave(a)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the work ended with %v", err)
	}
	for _, want := range []string{"no", "no again"} {
		_, err := read(t, as, as.join(t.Context(), "key", func(context.Context, func([]byte)) error { return errors.New(want) }))
		if err == nil || err.Error() != want {
			t.Errorf("failed with %v, want %s", err, want)
		}
	}
	_, err := read(t, as, as.join(t.Context(), "key", func(context.Context, func([]byte)) error { panic("broken") }))
	if err == nil || !strings.Contains(err.Error(), "broken; this is a defect of epgsim") {
		t.Errorf("a panic is told as %v", err)
	}
}

// The answers kept are bounded in number and size; those used last stay.
func TestAnswersAreForgotten(t *testing.T) {
	as := newAnswers()
	fill := func(k, size int) {
		if _, err := read(t, as, as.join(t.Context(), fmt.Sprint(k), func(_ context.Context, line func([]byte)) error {
			line(make([]byte, size))
			return nil
		})); err != nil {
			t.Fatal(err)
		}
	}
	for k := range 2 * mostAnswers {
		fill(k, 10)
		fill(0, 10) // in use all the time
	}
	if len(as.byKey) != mostAnswers || as.byKey["0"] == nil || as.byKey["1"] != nil {
		t.Errorf("%d answers, the first there: %v", len(as.byKey), as.byKey["0"] != nil)
	}
	for k := range 10 {
		fill(-1-k, mostAnswersBytes/4)
	}
	sum := 0
	for _, a := range as.byKey {
		sum += a.size()
	}
	if sum != as.bytes || sum > mostAnswersBytes {
		t.Errorf("%d bytes are kept, counted as %d, at most %d", sum, as.bytes, mostAnswersBytes)
	}
}
