//go:build js

// Command lessonworker is the program behind a teaching page that has no server. A
// worker of the page runs it: one, given requests, answers them as epgsim serve does,
// and others, given jobs, run the replications for it.
package main

import (
	"context"
	"errors"
	"sync"
	"syscall/js"

	"epgsim/cmd/internal/teach"
	"epgsim/sim/experiment"
)

func main() {
	given := js.Global().Get("given")
	if jobs := given.Get("jobs"); jobs.Truthy() {
		listen(jobs, help(jobs))
	} else {
		answer(given.Get("requests"), given.Get("helpers"))
	}
	select {}
}

// listen hears the messages of a port. What a message asks for is done beside, as
// nothing is heard in the meantime else.
func listen(port js.Value, hear func(data js.Value)) {
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		hear(args[0].Get("data"))
		return nil
	}))
}

// help does the jobs of a port: {id, job} → {id, rows} or {id, error}.
func help(port js.Value) func(js.Value) {
	return func(data js.Value) {
		job := bytesOf(data.Get("job"))
		go func() {
			rows, err := experiment.Help(context.Background(), job)
			reply := map[string]any{"id": data.Get("id")}
			if err != nil {
				reply["error"] = err.Error()
				port.Call("postMessage", reply)
				return
			}
			text := arrayOf(rows)
			reply["rows"] = text
			port.Call("postMessage", reply, []any{text.Get("buffer")})
		}()
	}
}

// helper hands jobs over to the worker at a port.
type helper struct {
	port    js.Value
	mu      sync.Mutex
	last    int
	waiting map[int]chan js.Value
}

func newHelper(port js.Value) *helper {
	h := &helper{port: port, waiting: map[int]chan js.Value{}}
	listen(port, func(data js.Value) {
		h.mu.Lock()
		defer h.mu.Unlock()
		id := data.Get("id").Int()
		if done := h.waiting[id]; done != nil {
			done <- data
			delete(h.waiting, id)
		}
	})
	return h
}

// do is an experiment.Helper.
func (h *helper) do(ctx context.Context, job []byte) ([]byte, error) {
	done := make(chan js.Value, 1)
	h.mu.Lock()
	h.last++
	id := h.last
	h.waiting[id] = done
	h.mu.Unlock()
	text := arrayOf(job)
	h.port.Call("postMessage", map[string]any{"id": id, "job": text}, []any{text.Get("buffer")})
	select {
	case data := <-done:
		if e := data.Get("error"); e.Truthy() {
			return nil, errors.New(e.String())
		}
		return bytesOf(data.Get("rows")), nil
	case <-ctx.Done():
		h.mu.Lock()
		delete(h.waiting, id)
		h.mu.Unlock()
		return nil, ctx.Err()
	}
}

// answer answers the requests of a port: {id, request, body} → {id, status, packed,
// text, last}, several where the answer grows; {id} alone gives that request up.
func answer(port, ports js.Value) {
	var helpers []experiment.Helper
	for k := range ports.Length() {
		helpers = append(helpers, newHelper(ports.Index(k)).do)
	}
	lesson, err := teach.NewLesson(helpers)
	if err != nil {
		panic(err) // the program's own files cannot be read
	}
	var mu sync.Mutex
	open := map[int]context.CancelFunc{}
	listen(port, func(data js.Value) {
		id, request := data.Get("id").Int(), data.Get("request")
		mu.Lock()
		defer mu.Unlock()
		if !request.Truthy() {
			if cancel := open[id]; cancel != nil {
				cancel()
			}
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		open[id] = cancel
		body := data.Get("body").String()
		go func() {
			lesson.Ask(ctx, request.String(), []byte(body), func(p teach.Part) {
				text := arrayOf(p.Text)
				port.Call("postMessage", map[string]any{"id": id, "status": p.Status, "packed": p.Packed, "text": text, "last": p.Last}, []any{text.Get("buffer")})
			})
			cancel()
			mu.Lock()
			delete(open, id)
			mu.Unlock()
		}()
	})
}

func bytesOf(array js.Value) []byte {
	b := make([]byte, array.Length())
	js.CopyBytesToGo(b, array)
	return b
}

func arrayOf(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}
