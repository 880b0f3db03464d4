package teach

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// queued enters in the background and waits until it stands in the queue.
func queued(t *testing.T, l *lane, client string, entered chan<- string) {
	t.Helper()
	l.mu.Lock()
	before := l.total
	l.mu.Unlock()
	go func() {
		leave, err := l.enter(context.Background(), client)
		if err != nil {
			entered <- err.Error()
			return
		}
		entered <- client
		leave()
	}()
	waitFor(t, client+" waits", func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.total > before
	})
}

// Who asks for much waits for himself, and holds up nobody else.
func TestClientsTakeTurns(t *testing.T) {
	l := newLane(1)
	leave, err := l.enter(t.Context(), "greedy")
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan string)
	for range 4 {
		queued(t, l, "greedy", entered)
	}
	queued(t, l, "modest", entered)
	queued(t, l, "late", entered)
	leave()
	var order []string
	for range 6 {
		order = append(order, <-entered)
	}
	if want := []string{"greedy", "modest", "late", "greedy", "greedy", "greedy"}; !slices.Equal(order, want) {
		t.Errorf("served %v, want %v", order, want)
	}
}

// One client cannot fill the queue, and nobody waits in an endless one.
func TestQueuesEnd(t *testing.T) {
	l := newLane(1)
	leave, err := l.enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for k := range mostWaiting {
		waiting.Go(func() {
			if _, err := l.enter(ctx, "a"); !errors.Is(err, context.Canceled) {
				t.Errorf("request %d: %v", k, err)
			}
		})
	}
	waitFor(t, "all wait", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.total == mostWaiting })
	if _, err := l.enter(ctx, "a"); err != errBusy {
		t.Errorf("one request more of the same client: %v", err)
	}
	for k := 0; l.total < mostQueue; k++ {
		client := fmt.Sprint("client ", k/mostWaiting)
		l.mu.Lock()
		before := l.total
		l.mu.Unlock()
		waiting.Go(func() { _, _ = l.enter(ctx, client) })
		waitFor(t, "it waits", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.total > before })
	}
	if _, err := l.enter(ctx, "another"); err != errBusy {
		t.Errorf("one request more than the queue holds: %v", err)
	}
	cancel()
	waiting.Wait()
	leave()
	if l.free != 1 || l.total != 0 || len(l.waiting) != 0 || len(l.turns) != 0 {
		t.Errorf("left: %+v", l)
	}
}

// Whatever clients come, go and give up: never too many at a time, and all are
// served.
func TestLaneUnderHaste(t *testing.T) {
	const atATime = 3
	l := newLane(atATime)
	var inside, most, served, gaveUp atomic.Int64
	var all sync.WaitGroup
	for client := range 8 {
		all.Go(func() {
			luck := rand.New(rand.NewPCG(1, uint64(client)))
			for range 200 {
				ctx, cancel := context.WithCancel(context.Background())
				if luck.IntN(3) == 0 {
					go cancel()
				}
				leave, err := l.enter(ctx, fmt.Sprint(client%5))
				if err != nil {
					gaveUp.Add(1)
					cancel()
					continue
				}
				n := inside.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				served.Add(1)
				inside.Add(-1)
				leave()
				cancel()
			}
		})
	}
	all.Wait()
	if most.Load() > atATime || served.Load()+gaveUp.Load() != 1600 || served.Load() < 1000 {
		t.Errorf("%d at a time, %d served, %d gave up", most.Load(), served.Load(), gaveUp.Load())
	}
	if l.free != atATime || l.total != 0 || len(l.waiting) != 0 || len(l.turns) != 0 {
		t.Errorf("left: %+v", l)
	}
}
