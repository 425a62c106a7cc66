printfn "Hello from the F# sample."
