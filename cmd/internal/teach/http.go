//go:build !worker

package teach

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// httpDoor is the door of one request that came over the network.
type httpDoor struct {
	w      http.ResponseWriter
	r      *http.Request
	packer *gzip.Writer // of an answer that grows, when the client takes it compressed
	begun  bool         // such an answer
}

// atDoor makes a handler of a function that answers at a door.
func atDoor(f func(door) error) http.Handler {
	return handle(func(w http.ResponseWriter, r *http.Request) error {
		d := &httpDoor{w: w, r: r}
		err := f(d)
		if d.packer != nil {
			_ = d.packer.Close() // the client may have gone
		}
		return err
	})
}

func (d *httpDoor) context() context.Context { return d.r.Context() }
func (d *httpDoor) client() string           { return client(d.r) }
func (d *httpDoor) read(v any) error         { return readBody(d.w, d.r, v) }
func (d *httpDoor) send(b body) error        { return b.reply(d.w, d.r) }

func (d *httpDoor) line(text []byte) error {
	if !d.begun {
		d.begun = true
		h := d.w.Header()
		h.Set("Content-Type", "application/x-ndjson")
		h.Set("Cache-Control", "no-store")
		h.Add("Vary", "Accept-Encoding")
		if packs(d.r) {
			h.Set("Content-Encoding", "gzip")
			d.packer = gzip.NewWriter(d.w)
		}
	}
	hurry(d.w)
	if d.packer == nil {
		if _, err := d.w.Write(text); err != nil {
			return err
		}
	} else {
		if _, err := d.packer.Write(text); err != nil {
			return err
		}
		_ = d.packer.Flush() // the client may have gone
	}
	_ = http.NewResponseController(d.w).Flush()
	return nil
}

// retryAfter is when a client that was one too many may try again, in seconds.
const retryAfter = "5"

// handle makes a handler of a function that may fail.
func handle(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			fail(w, r, err)
		}
	})
}

// fail tells an error. A client that has gone is told nothing.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return
	}
	status, body := failure(err)
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", retryAfter)
	}
	sendSmall(w, status, body)
}

// isJSON says that an answer is JSON, and of this moment.
func isJSON(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
}

// reply sends the body as JSON.
func (b body) reply(w http.ResponseWriter, r *http.Request) error {
	isJSON(w)
	b.send(w, r)
	return nil
}

func (b body) send(w http.ResponseWriter, r *http.Request) {
	out := b.packed
	w.Header().Add("Vary", "Accept-Encoding")
	if packs(r) {
		w.Header().Set("Content-Encoding", "gzip")
	} else {
		out = b.plain()
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(out)))
	hurry(w)
	_, _ = w.Write(out) // the client may have gone
}

// packs says whether the client takes compressed answers.
func packs(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}

// hurry gives the client so long to take what is written next, lest one that
// reads nothing holds on to the answer for ever.
func hurry(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(slowestWrite)) // a test's recorder has none
}

// unhurried lifts the limit on the time to send a request, once it is there:
// net/http would take the request for cancelled when that has passed.
func unhurried(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a test's recorder has none
}

// small replies with something that is not worth compressing.
func small(w http.ResponseWriter, v any) error {
	sendSmall(w, http.StatusOK, v)
	return nil
}

func sendSmall(w http.ResponseWriter, status int, v any) {
	isJSON(w)
	hurry(w)
	w.WriteHeader(status)
	_, _ = w.Write(encode(v)) // the client may have gone
}

// readBody reads the body of a request into v.
func readBody(w http.ResponseWriter, r *http.Request, v any) error {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return unreadable(err)
	}
	if err := decode(text, v); err != nil {
		return err
	}
	unhurried(w)
	return nil
}
