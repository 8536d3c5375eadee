"""Query workers: processes that evaluate free SPARQL on copies of the store, and can be killed.

No query of the engine can be stopped from within its process: not by a signal, not by an exception, not by a deadline.
So each is evaluated in a process of its own kind, one at a time, on a read-only copy of the store:

    jobs         what a worker is asked, and the frames in which it answers
    output       chunks of an answer, and the limits on them
    evaluation   from a job to its answer
    process      the worker: ``python -m kb.workers.process``
    link         the server's end of the line to one worker
    copies       which copy of the store each worker reads; an old one goes when the last worker has left it
    running      one query: its limits, its frames, its end
    pool         the workers, and the queries that wait for one

A copy (`EmbeddedStore.checkpoint`) holds one state of the store. Whoever writes is answered only when a copy with the
write in it has been published (`WorkerPool.catch_up`); writes that come meanwhile share the next one. So queries never
wait for writers, and everybody sees what was acknowledged before they asked.
"""
