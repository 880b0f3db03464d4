package store

import "errors"

// Keep is a directory in which one process at a time keeps whole files, with
// which a later one goes on: the ledger of the claims is one. It is open from
// OpenKeep to Close.
type Keep struct {
	*folder
}

// OpenKeep opens a directory for this process alone (else ErrBusy), and makes it
// where there is none. may says why it must not, given the names of what is
// there: it is asked before anything is touched, and again once no other process
// can change the answer. What killed processes had not finished is removed.
func OpenKeep(path string, may func(names []string) error) (*Keep, error) {
	f, err := makeFolder(path)
	if err != nil {
		return nil, err
	}
	k := &Keep{f}
	if err := k.enter(may); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

func (k *Keep) enter(may func([]string) error) error {
	if err := k.ask(may); err != nil {
		return err
	}
	if _, err := k.hold(runLock, false); err != nil {
		return err
	}
	if err := k.ask(may); err != nil {
		return err
	}
	return k.sweep(true)
}

func (k *Keep) ask(may func([]string) error) error {
	entries, err := k.list(".")
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if !isTemp(e.Name()) && !isLock(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return may(names)
}

// WriteFile writes a whole file, in place of any of that name: rel is its path
// below the directory, with slashes; folders are made.
func (k *Keep) WriteFile(rel string, data []byte) error {
	return k.write(rel, data)
}

// Mkdir makes a folder, if there is none.
func (k *Keep) Mkdir(rel string) error { return k.mkdir(rel) }

// Remove takes files away, as far as they are there.
func (k *Keep) Remove(rels ...string) error {
	for _, rel := range rels {
		if err := k.remove(rel); err != nil {
			return err
		}
	}
	return nil
}

// Close gives the directory back.
func (k *Keep) Close() error { return k.close() }
